package gofer.conformance.time;

import static gofer.Go.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.conformance.Pins;
import gofer.fixture.Crew;
import gofer.goroutine.Goroutine;
import gofer.time.Alarm;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// A sleep or a delay is never too short, whatever its length.
class SleepTest {

    private static final List<Duration> PAST =
            List.of(
                    Duration.ZERO,
                    Duration.ofNanos(-1),
                    Duration.ofNanos(Long.MIN_VALUE),
                    Duration.ofSeconds(Long.MIN_VALUE));

    @Test
    @Pins("TM-01")
    void takesAtLeastItsTime() { // TestSleep
        for (int millis : new int[] {1, 2, 5, 30}) {
            long start = System.nanoTime();
            sleep(Duration.ofMillis(millis));
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(millis * 1_000_000L);
        }
    }

    /// A wake-up for an earlier wait does not shorten the sleep.
    @Test
    @Pins("TM-01")
    void takesAtLeastItsTimeEvenIfUnparked() {
        try (var crew = new Crew()) {
            Goroutine sleeper =
                    crew.go(() -> {
                        long start = System.nanoTime();
                        sleep(Duration.ofMillis(30));
                        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(30_000_000);
                    });
            while (sleeper.state() != Goroutine.State.ENDED) {
                LockSupport.unpark(sleeper.thread());
                Thread.yield();
            }
        }
    }

    /// A sleep of zero does not wait, so it ignores an interrupt, which would end a wait.
    @Test
    @Pins("TM-01")
    void zeroAndNegativeDurationsDoNotWait() { // TestSleepZeroDeadlock
        Thread.currentThread().interrupt();
        PAST.forEach(d -> sleep(d));
        assertThat(Thread.interrupted()).isTrue();
        Chan<Integer> chan = Chan.make(1);
        for (int i = 0; i < 100; i++) {
            sleep(Duration.ZERO);
            chan.send(i);
            assertThat(chan.recv()).isEqualTo(i);
        }
    }

    @Test
    @Pins("TM-13")
    void zeroTimersAreNotMissed() { // TestZeroTimer
        for (int i = 0; i < 100_000; i++) {
            Alarm.in(Duration.ZERO).c().recv();
        }
        Chan<Integer> fired = Chan.make();
        Alarm again = Alarm.func(Duration.ofHours(1), () -> fired.send(1));
        for (int i = 0; i < 10_000; i++) {
            Alarm.func(Duration.ZERO, () -> fired.send(2));
            assertThat(fired.recv()).isEqualTo(2);
            again.reset(Duration.ofNanos(-i));
            assertThat(fired.recv()).isEqualTo(1);
        }
    }
}
