package gofer.conformance.bubble;

import static gofer.Go.after;
import static gofer.Go.afterFunc;
import static gofer.Go.go;
import static gofer.Go.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.conformance.Pins;
import gofer.fixture.Eventually;
import gofer.goroutine.FatalError;
import gofer.group.Weighted;
import gofer.sync.Cond;
import gofer.sync.Mutex;
import gofer.sync.WaitGroup;
import gofer.testing.Bubble;
import gofer.time.Alarm;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Tests which objects belong to a bubble.
@SuppressWarnings("AwaitNotInLoop")
class BelongingTest {

    /// A lock that is held outside can be released at any time. So a wait for it is not a deadlock, and time stands still.
    @Test
    @Pins("ST-04")
    void bubbleWaitsForALockHeldOutside() throws Exception {
        var mutex = new Mutex();
        var tokens = new Weighted(1);
        var held = new CountDownLatch(1);
        Thread holder =
                Thread.ofPlatform()
                        .start(() -> {
                            try (var _ = mutex.lock();
                                    var _ = tokens.acquire(1)) {
                                held.countDown();
                                Eventually.that("the bubble waits", () -> Outside.isBubbleWaiting());
                            }
                        });
        held.await();
        Bubble.run(() -> {
            Instant start = after(Duration.ZERO).recv();
            go(() -> sleep(Duration.ofHours(1)));
            try (var _ = mutex.lock();
                    var _ = tokens.acquire(1)) {
                assertThat(after(Duration.ZERO).recv()).isEqualTo(start);
            }
            sleep(Duration.ofHours(1));
        });
        holder.join();
    }

    @Test
    @Pins("ST-10")
    void timerOfTheBubbleIsRefusedOutside() throws Exception {
        Bubble.run(() -> {
            boolean[] ran = {false};
            Alarm alarm = afterFunc(Duration.ofHours(1), () -> ran[0] = true);
            assertThat(Outside.call(alarm::stop))
                    .isInstanceOf(FatalError.class)
                    .hasMessage("timer of a bubble is used outside of it");
            assertThat(Outside.call(() -> alarm.reset(Duration.ofDays(1)))).isInstanceOf(FatalError.class);
            Bubble.sleep(Duration.ofHours(1));
            assertThat(ran[0]).isTrue();
        });
    }

    /// As in Go, only send, receive, close and select are refused.
    @Test
    @Pins("ST-10")
    void lenAndCapOfABubbleChannelWorkOutside() throws Exception {
        Bubble.run(() -> {
            Chan<Integer> chan = Chan.make(2);
            chan.send(1);
            int[] seen = {0, 0};
            assertThat(
                            Outside.call(() -> {
                                seen[0] = chan.len();
                                seen[1] = chan.cap();
                            }))
                    .isNull();
            assertThat(seen).containsExactly(1, 2);
            assertThat(
                            Outside.call(() -> {
                                var _ = chan.tryRecv();
                            }))
                    .isInstanceOf(FatalError.class);
        });
    }

    @Test
    @Pins("ST-10")
    void condWaiterInsideIsNotWokenFromOutside() throws Exception {
        var mu = new Mutex();
        var cond = new Cond(mu);
        Bubble.run(() -> {
            boolean[] woken = {false};
            go(() -> {
                try (var _ = mu.lock()) {
                    cond.await();
                    woken[0] = true;
                }
            });
            Bubble.await();
            assertThat(Outside.call(cond::signal))
                    .isInstanceOf(FatalError.class)
                    .hasMessage("goroutine of a bubble is woken from outside of it");
            assertThat(Outside.call(cond::broadcast)).isInstanceOf(FatalError.class);
            Bubble.await();
            assertThat(woken[0]).isFalse();
            cond.signal();
            Bubble.await();
            assertThat(woken[0]).isTrue();
        });
        assertThatCode(cond::signal).doesNotThrowAnyException();
    }

    /// The longest waiter is woken, even if others wait behind it in a bubble.
    @Test
    @Pins("ST-10")
    void condWaiterOutsideIsWokenFromOutside() throws Exception {
        var mu = new Mutex();
        var cond = new Cond(mu);
        Thread first =
                Thread.ofPlatform()
                        .start(() -> {
                            try (var _ = mu.lock()) {
                                cond.await();
                            }
                        });
        while (first.getState() != Thread.State.WAITING) Thread.onSpinWait();
        Bubble.run(() -> {
            go(() -> {
                try (var _ = mu.lock()) {
                    cond.await();
                }
            });
            Bubble.await();
            assertThat(Outside.call(cond::signal)).isNull();
            assertThat(Outside.call(first::join)).isNull();
            assertThat(Outside.call(cond::signal)).isInstanceOf(FatalError.class);
            cond.signal();
        });
    }

    @Test
    @Pins("WG-08")
    void waitGroupThatCountsOutsideIsRefusedInside() throws Exception {
        var wg = new WaitGroup();
        wg.add(1);
        Bubble.run(() ->
                assertThatThrownBy(() -> wg.add(1))
                        .isInstanceOf(FatalError.class)
                        .hasMessage("sync: WaitGroup.Add called from inside and outside of a bubble"));
        wg.done();
        Bubble.run(() -> {
            wg.add(1);
            assertThat(Outside.call(wg::done))
                    .isInstanceOf(FatalError.class)
                    .hasMessage("sync: WaitGroup.Add called from inside and outside of a bubble");
        });
        assertThatThrownBy(wg::done).isInstanceOf(FatalError.class);
    }

    @Test
    @Pins("WG-08")
    void waitGroupThatCountsInOneBubbleIsRefusedInAnother() throws Exception {
        var wg = new WaitGroup();
        Bubble.run(() -> wg.add(1));
        Bubble.run(() ->
                assertThatThrownBy(() -> wg.add(1))
                        .isInstanceOf(FatalError.class)
                        .hasMessage("sync: WaitGroup.Add called from multiple bubbles"));
    }

    @Test
    @Pins("WG-08")
    void waitGroupAtZeroBelongsToNoBubble() throws Exception {
        var wg = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            Bubble.run(() -> {
                wg.go(() -> sleep(Duration.ofHours(1)));
                wg.await();
                wg.add(2);
                wg.add(-2);
            });
            wg.add(1);
            wg.done();
        }
    }

    @Test
    @Pins({"WG-08", "ST-04"})
    void bubbleWaitsInRealTimeForAWaitGroupThatCountsOutside() throws Exception {
        var wg = new WaitGroup();
        wg.add(1);
        var waiter = new AtomicReference<@Nullable Thread>();
        Thread worker =
                Thread.ofPlatform()
                        .start(() -> {
                            while (!(waiter.get() instanceof Thread thread)
                                    || thread.getState() != Thread.State.WAITING) {
                                Thread.onSpinWait();
                            }
                            wg.done();
                        });
        Bubble.run(() -> {
            go(() -> sleep(Duration.ofHours(1)));
            waiter.set(Thread.currentThread());
            wg.await();
            assertThat(gofer.Go.after(Duration.ZERO).recv()).isEqualTo(Instant.parse("2000-01-01T00:00:00Z"));
            sleep(Duration.ofHours(1));
        });
        worker.join();
    }

    @Test
    @Pins("ST-01")
    void remainingExecutorThreadsFailTheBubble() {
        assertThatThrownBy(
                        () -> Bubble.run(() -> Executors.newVirtualThreadPerTaskExecutor().execute(LockSupport::park)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("blocked goroutines remain: 2 (thread)");
    }
}
