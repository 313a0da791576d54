package gofer.testing;

import static gofer.Go.after;
import static gofer.Go.go;
import static gofer.Go.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.chan.Second;
import gofer.context.CancelContext;
import gofer.context.Context;
import gofer.context.DeadlineExceededException;
import gofer.goroutine.FatalError;
import gofer.group.Weighted;
import gofer.sync.WaitGroup;
import gofer.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Objects made outside of an exploration keep their owner and their clock in it, as in a bubble.
class OutsideObjectsTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MOMENT = Duration.ofMillis(20);

    @Test
    void outsideTickerFollowsTheRealClock() {
        Instant start = Instant.now().minusMillis(1); // in a world clocks have a resolution of milliseconds
        try (var ticker = Ticker.every(MOMENT)) {
            Exploration result =
                    Explore.schedules(3)
                            .check(() -> assertThat(ticker.c().recv()).isAfterOrEqualTo(start.plus(MOMENT)));
            assertThat(result.notes()).anyMatch(note -> note.startsWith("goroutines waited for"));
        }
    }

    @Test
    void contextKeepsItsOwner() {
        CancelContext outer = Context.background().withCancel();
        Explore.schedules(20)
                .check(() -> {
                    var _ = outer.done();
                    var child = outer.withTimeout(HOUR);
                    go(() -> child.done().recvOk());
                    child.cancel();
                });
        assertThatCode(outer::cancel).doesNotThrowAnyException();
    }

    @Test
    void outsideDeadlineEndsAWaitInEachSchedule() {
        try (var ctx = Context.background().withTimeout(MOMENT)) {
            Explore.schedules(20)
                    .check(() -> {
                        Chan<Integer> never = Chan.make();
                        var wg = new WaitGroup();
                        for (int i = 0; i < 2; i++) {
                            wg.go(() ->
                                    assertThatThrownBy(() -> never.recv(ctx.withCancel()))
                                            .isInstanceOf(DeadlineExceededException.class));
                        }
                        wg.await();
                    });
        }
    }

    /// A function of a schedule that has ended does not run.
    @Test
    void afterFuncOfAScheduleRunsOnlyInThatSchedule() throws Exception {
        CancelContext outer = Context.background().withCancel();
        var runs = new AtomicInteger();
        var schedules = new AtomicInteger();
        Explore.schedules(5)
                .check(() -> {
                    Chan<Integer> ran = Chan.make();
                    outer.afterFunc(() -> {
                        runs.incrementAndGet();
                        ran.send(1);
                    });
                    int number = schedules.incrementAndGet();
                    if (number == 3) {
                        var cancelled = new CountDownLatch(1);
                        Thread.ofPlatform()
                                .start(() -> {
                                    outer.cancel();
                                    cancelled.countDown();
                                });
                        cancelled.await();
                    }
                    if (number >= 3) {
                        ran.recv();
                    }
                });
        assertThat(runs).as("from the third on").hasValue(schedules.get() - 2);
    }

    @Test
    void acquireWaitsForPermitsHeldOutside() throws Exception {
        var tokens = new Weighted(1);
        var end = new CountDownLatch(1);
        var held = new CountDownLatch(1);
        Thread.ofPlatform()
                .start(() -> {
                    try (var _ = tokens.acquire(1)) {
                        held.countDown();
                        try {
                            end.await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                });
        held.await();
        Explore.schedules(5)
                .check(() -> {
                    go(end::countDown);
                    try (var _ = tokens.acquire(1)) {
                        assertThat(select(Chan.make(), after(HOUR))).isInstanceOf(Second.class);
                    }
                });
    }

    @Test
    void objectOfAScheduleIsRefusedOutside() {
        var leaked = new AtomicReference<CancelContext>();
        Explore.schedules(1).check(() -> leaked.set(Context.background().withCancel()));
        assertThatThrownBy(() -> leaked.get().cancel())
                .isInstanceOf(FatalError.class)
                .hasMessage("context of a bubble is used outside of it");
    }
}
