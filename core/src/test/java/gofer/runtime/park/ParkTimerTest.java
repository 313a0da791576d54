package gofer.runtime.park;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.Go;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.runtime.chan.ChanCore;
import gofer.runtime.chan.ChanInternals;
import gofer.runtime.chan.ChanResult;
import gofer.runtime.chan.ChanTimer;
import gofer.runtime.chan.SelectCore;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;

/// Selects with a deadline, one after the other in the same goroutine.
class ParkTimerTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final ChanCore values = new ChanCore(0);
    private final int before = scheduled();

    @Test
    void selectsShareATimerAndTheLastOneRemovesIt() {
        try (var crew = new Crew()) {
            Goroutine receiver =
                    crew.go(() -> {
                        for (int i = 0; i < 1000; i++) {
                            receiveWithin(HOUR);
                        }
                        values.recv(null);
                    });
            for (int i = 0; i < 1000; i++) {
                Eventually.blocked(receiver, WaitReason.SELECT);
                values.send(i, null);
            }
            Eventually.blocked(receiver, WaitReason.CHAN_RECEIVE);
            assertThat(scheduled()).isEqualTo(before + 1);
            values.send("end", null);
        }
        Eventually.that("no wake-up is left", () -> scheduled() == before);
    }

    @Test
    void earlierDeadlineIsRespected() {
        try (var crew = new Crew()) {
            Goroutine receiver =
                    crew.go(() -> {
                        assertThat(receiveWithin(HOUR)).isTrue();
                        assertThat(receiveWithin(Duration.ofMillis(1))).isFalse();
                    });
            Eventually.blocked(receiver, WaitReason.SELECT);
            values.send("", null);
        }
    }

    @Test
    void laterDeadlineIsRespected() {
        Duration shorter = Duration.ofMillis(20);
        try (var crew = new Crew()) {
            Goroutine receiver =
                    crew.go(() -> {
                        long start = Timers.now();
                        if (receiveWithin(shorter)) {
                            assertThat(receiveWithin(shorter.multipliedBy(2))).isFalse();
                            assertThat(Timers.now() - start).isGreaterThanOrEqualTo(shorter.toNanos() * 2);
                        }
                    });
            crew.go(() -> {
                while (values.trySend("") == ChanResult.NOT_READY && receiver.state() != Goroutine.State.ENDED) {
                    Go.gosched();
                }
            });
        }
    }

    /// The select ends, and leaves no waiter in the queue. The next select sets its own timer.
    @Test
    void nextSelectDoesNotRelyOnAFailedTimer() {
        var timers = Timers.wakeUps();
        ThreadFactory threads = timers.getThreadFactory();
        var full = new OutOfMemoryError("as planned");
        timers.setCorePoolSize(0);
        try (var crew = new Crew()) {
            Eventually.that("the timer thread has ended", () -> timers.getPoolSize() == 0);
            timers.setThreadFactory(_ -> {
                throw full;
            });
            Goroutine receiver =
                    crew.go(() -> {
                        assertThatThrownBy(() -> receiveWithin(HOUR)).isSameAs(full);
                        assertThat(ChanInternals.waiters(values)).isZero();
                        timers.getQueue().clear(); // the executor keeps tasks that it could not run
                        timers.setThreadFactory(threads);
                        assertThat(receiveWithin(HOUR)).isTrue();
                    });
            Eventually.blocked(receiver, WaitReason.SELECT);
            assertThat(scheduled()).isEqualTo(1);
            values.send("", null);
        } finally {
            timers.setThreadFactory(threads);
            timers.setCorePoolSize(1);
        }
    }

    private static int scheduled() {
        return Timers.wakeUps().getQueue().size();
    }

    /// Returns false after a timeout.
    private boolean receiveWithin(Duration limit) {
        ChanTimer timer = new ChanTimer(limit, false);
        return new SelectCore(false, timer.core(), values).await(null) == 1;
    }
}
