package gofer.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Selects with a deadline, one after the other in the same goroutine.
class WakeUpTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final ChanCore values = new ChanCore(0);
    private final int before = Timers.wakeUps();

    @Test
    void selectsShareOneAndTheLastTakesItAlong() {
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
            assertThat(Timers.wakeUps()).isEqualTo(before + 1);
            values.send("end", null);
        }
        Eventually.that("no wake-up is left", () -> Timers.wakeUps() == before);
    }

    @Test
    void anEarlierDeadlineIsKept() {
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
    void aLaterDeadlineIsKept() {
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
                while (values.trySend("") == Mark.NOT_READY && receiver.state() != Goroutine.State.ENDED) {
                    Go.gosched();
                }
            });
        }
    }

    /// False if the time was up.
    private boolean receiveWithin(Duration limit) {
        ChanTimer timer = new ChanTimer(limit, false);
        return new SelectCore(timer.core(), values).await(null) == 1;
    }
}
