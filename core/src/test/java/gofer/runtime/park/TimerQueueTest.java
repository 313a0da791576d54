package gofer.runtime.park;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.fixture.Rounds;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.runtime.chan.ChanInternals;
import gofer.runtime.chan.ChanTimer;
import gofer.runtime.goroutine.FuncTimer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The earlier settings of a timer are not retained.
class TimerQueueTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final int before = Timers.scheduled(); // left by other tests; can only shrink

    @Test
    void onlyTheLastOfManySettingsIsScheduled() {
        FuncTimer timer = new FuncTimer(HOUR, () -> {});
        for (int i = 0; i < Rounds.of(1_000_000); i++) {
            timer.reset(HOUR);
        }
        expectScheduled(1);
        timer.stop();
        expectScheduled(0);
    }

    @Test
    void onlyOneOfConcurrentSettingsIsScheduled() {
        FuncTimer timer = new FuncTimer(HOUR, () -> {});
        try (var crew = new Crew()) {
            for (int g = 0; g < 4; g++) {
                boolean stops = g == 0;
                crew.go(() -> {
                    for (int i = 0; i < 50_000; i++) {
                        boolean _ = stops ? timer.stop() : timer.reset(HOUR);
                    }
                });
            }
        }
        timer.reset(HOUR);
        expectScheduled(1);
        timer.stop();
        expectScheduled(0);
    }

    @Test
    void channelSchedulesNothingAndRetainsItsReceiver() {
        ChanTimer timer = new ChanTimer(HOUR, false);
        try (var crew = new Crew()) {
            Goroutine receiver = crew.go(() -> timer.core().recv(null));
            Eventually.blocked(receiver, WaitReason.CHAN_RECEIVE);
            for (int i = 0; i < 100_000; i++) {
                timer.reset(HOUR, false);
            }
            assertThat(ChanInternals.waiters(timer.core())).isEqualTo(1);
            expectScheduled(0);
            timer.reset(Duration.ZERO, false);
        }
        assertThat(ChanInternals.waiters(timer.core())).isZero();
    }

    private void expectScheduled(int expected) {
        assertThat(Timers.scheduled() - before).isLessThanOrEqualTo(expected);
    }
}
