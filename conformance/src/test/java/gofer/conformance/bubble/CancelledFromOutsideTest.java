package gofer.conformance.bubble;

import static gofer.Go.after;
import static gofer.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.chan.Select;
import gofer.context.Context;
import gofer.context.DeadlineExceededException;
import gofer.goroutine.Body;
import gofer.group.Weighted;
import gofer.sync.Cond;
import gofer.sync.Mutex;
import gofer.sync.RWMutex;
import gofer.sync.WaitGroup;
import gofer.testing.Bubble;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// A context made outside ends each kind of wait for an object of the bubble when its deadline passes.
@SuppressWarnings({"LockGuardsNothing", "LockLeak", "LockTwice"})
class CancelledFromOutsideTest {

    private static final Duration MOMENT = Duration.ofMillis(20);

    @SuppressWarnings("AwaitNotInLoop")
    private static Map<String, Body> waits(Context ctx) {
        var waits = new LinkedHashMap<String, Body>();
        waits.put("recv", () -> Chan.make().recv(ctx));
        waits.put("recvOk", () -> Chan.make().recvOk(ctx));
        waits.put("recv of never", () -> Chan.never().recv(ctx));
        waits.put(
                "recv of a stopped timer",
                () -> {
                    try (var alarm = gofer.time.Alarm.in(MOMENT)) {
                        alarm.stop();
                        alarm.c().recv(ctx);
                    }
                });
        waits.put("send", () -> Chan.make().send(ctx, 1));
        waits.put(
                "select",
                () -> {
                    var select = new Select();
                    select.recv(Chan.make());
                    var _ = select.await(ctx);
                });
        waits.put(
                "Mutex",
                () -> {
                    var mu = new Mutex();
                    mu.lock();
                    mu.lock(ctx);
                });
        waits.put(
                "RWMutex for writing",
                () -> {
                    var mu = new RWMutex();
                    mu.rLock();
                    mu.lock(ctx);
                });
        waits.put(
                "RWMutex for reading",
                () -> {
                    var mu = new RWMutex();
                    mu.lock();
                    mu.rLock(ctx);
                });
        waits.put(
                "Cond",
                () -> {
                    var mu = new Mutex();
                    mu.lock();
                    new Cond(mu).await(ctx);
                });
        waits.put(
                "WaitGroup",
                () -> {
                    var wg = new WaitGroup();
                    wg.add(1);
                    wg.await(ctx);
                });
        waits.put("Weighted", () -> new Weighted(1).acquire(ctx, 2));
        return waits;
    }

    @TestFactory
    Stream<DynamicTest> eachWait() {
        return waits(Context.background()).keySet().stream()
                .flatMap(name -> Stream.of(false, true).map(child -> test(name, child)));
    }

    private static DynamicTest test(String name, boolean child) {
        return DynamicTest.dynamicTest(
                name + (child ? " with a child" : ""),
                () -> {
                    try (var ctx = Context.background().withTimeout(MOMENT)) {
                        Bubble.run(() -> {
                            Body wait = Objects.requireNonNull(waits(child ? ctx.withCancel() : ctx).get(name));
                            assertThatThrownBy(wait::run).isInstanceOf(DeadlineExceededException.class);
                        });
                    }
                });
    }

    /// The wait lasts longer than the limit for waits without a known end.
    @Test
    void bubbleWaitsForAKnownEventInRealTime() throws Exception {
        Duration long_ = Duration.ofMillis(10_500);
        RecvChan<java.time.Instant> alarm = after(long_);
        try (var ctx = Context.background().withTimeout(long_.plusMillis(100));
                var other = Context.background().withTimeout(long_.plusMillis(200))) {
            boolean[] ran = {false};
            Bubble.run(() -> {
                other.afterFunc(() -> ran[0] = true);
                go(() -> assertThatThrownBy(() -> Chan.make().recv(ctx.withCancel())).hasMessageContaining("deadline"));
                go(() -> ctx.done().recvOk());
                alarm.recv();
                assertThat(ctx.isDone()).isFalse();
                assertThatThrownBy(() -> Chan.make().recv(other)).hasMessageContaining("deadline");
                Bubble.await();
            });
            assertThat(ran[0]).isTrue();
        }
    }
}
