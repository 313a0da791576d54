package gofer.time;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.Empty;
import gofer.chan.First;
import gofer.chan.Value;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.fixture.Rounds;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Several goroutines set, stop and read one alarm at the same time. Each setting fires once, or is taken back once by a stop
/// or reset that returns true.
class AlarmStressTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Random random = new Random();
    private final AtomicInteger settings = new AtomicInteger(1);
    private final AtomicInteger takenBack = new AtomicInteger();
    private final AtomicInteger fired = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger stale = new AtomicInteger(); // received while it could not fire
    private volatile int phase; // odd while the alarm may fire

    @Test
    void eachFunctionSettingRunsOrIsTakenBack() {
        Alarm alarm = Alarm.func(HOUR, fired::incrementAndGet);
        for (int round = 0; round < 20; round++) {
            setAndStopConcurrently(alarm, Rounds.of(1_000));
        }
        stop(alarm);
        int left = settings.get() - takenBack.get();
        Eventually.that("the others have run", () -> fired.get() >= left);
        assertThat(fired).hasValue(left);
    }

    /// One of two readers waits and the other polls. After a stop, and after a setting in the far future, nothing is received
    /// any more.
    @Test
    void eachChannelSettingFiresOrIsTakenBack() {
        Alarm alarm = Alarm.in(HOUR);
        Chan<Void> over = Chan.make();
        try (var readers = new Crew()) {
            readers.go(() -> {
                while (Go.select(alarm.c(), over) instanceof First) {
                    fired.incrementAndGet();
                }
            });
            readers.go(() -> {
                while (over.tryRecv() instanceof Empty) {
                    look(alarm);
                    Go.gosched();
                }
            });
            try {
                for (int round = 0; round < Rounds.of(100); round++) {
                    phase++;
                    setAndStopConcurrently(alarm, 100);
                    if (round % 2 == 0) {
                        stop(alarm);
                    } else {
                        set(alarm, HOUR);
                    }
                    phase++;
                    int enough = looks.get() + 2; // one may have begun before
                    Eventually.that("the channel was polled", () -> looks.get() >= enough);
                }
                stop(alarm);
            } finally {
                over.close();
            }
        }
        assertThat(stale).hasValue(0);
        assertThat(fired.get() + takenBack.get()).isEqualTo(settings.get());
    }

    private void look(Alarm alarm) {
        int before = phase;
        if (alarm.c().tryRecv() instanceof Value) {
            fired.incrementAndGet();
            if (before % 2 == 0 && before == phase) {
                stale.incrementAndGet();
            }
        }
        looks.incrementAndGet();
    }

    private void setAndStopConcurrently(Alarm alarm, int times) {
        try (var crew = new Crew()) {
            for (int g = 0; g < 3; g++) {
                crew.go(() -> {
                    for (int i = 0; i < times; i++) {
                        if (random.nextInt(3) == 0) {
                            stop(alarm);
                        } else {
                            set(alarm, Duration.ofNanos(random.nextInt(4) * 10_000L));
                        }
                        spin(random.nextInt(100_000));
                    }
                });
            }
        }
    }

    private void set(Alarm alarm, Duration delay) {
        settings.incrementAndGet();
        count(alarm.reset(delay));
    }

    private void stop(Alarm alarm) {
        count(alarm.stop());
    }

    /// Spins, so that the next operation may coincide with the alarm.
    private static void spin(long nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            Thread.onSpinWait();
        }
    }

    private void count(boolean undone) {
        if (undone) {
            takenBack.incrementAndGet();
        }
    }
}
