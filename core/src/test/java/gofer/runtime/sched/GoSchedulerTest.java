package gofer.runtime.sched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.fixture.Rounds;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The scheduler as an executor of plain tasks: each task runs once, no matter which thread submits it and what the others do.
@Tag("one-configuration")
class GoSchedulerTest {

    private final LongAdder done = new LongAdder();
    private final Queue<String> warnings = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void runsEachTaskThatThreadsSubmit(int procs) {
        var scheduler = new GoScheduler(procs);
        int each = 100_000;
        try (var crew = new Crew()) {
            for (int i = 0; i < 4; i++) {
                crew.thread(() -> {
                    for (int k = 0; k < each; k++) {
                        scheduler.execute(done::increment);
                    }
                });
            }
        }
        Eventually.that("all are run", () -> done.sum() == 4L * each);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void runsEachTaskThatTasksSubmit(int procs) {
        var scheduler = new GoScheduler(procs);
        grow(scheduler, 17);
        Eventually.that("all are run", () -> done.sum() == (1 << 18) - 1);
    }

    private void grow(GoScheduler scheduler, int depth) {
        scheduler.execute(() -> {
            done.increment();
            if (depth > 0) {
                grow(scheduler, depth - 1);
                grow(scheduler, depth - 1);
            }
        });
    }

    /// Carriers are asleep, or about to fall asleep, when a task arrives. No wake-up may be lost.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void wakesUpForASingleTask(int procs) {
        var scheduler = new GoScheduler(procs);
        var ran = new AtomicInteger();
        for (int i = 1; i <= Rounds.of(20_000); i++) {
            scheduler.execute(ran::incrementAndGet);
            int all = i;
            Eventually.that("task " + i + " is run", () -> ran.get() == all);
            for (int spins = ThreadLocalRandom.current().nextInt(2000); spins > 0; spins--) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void endlessTaskDoesNotBlockOthers() {
        var scheduler = new GoScheduler(1);
        var released = new AtomicBoolean();
        for (int i = 0; i < 3; i++) {
            scheduler.execute(() -> {
                while (!released.get()) {
                    Thread.onSpinWait();
                }
                done.increment();
            });
        }
        scheduler.execute(() -> released.set(true));
        Eventually.that("all are run", () -> done.sum() == 3);
    }

    /// The JDK's scheduler could not handle this number.
    @Test
    void tasksThatBlockTheirCarriersDoNotBlockOthers() {
        var scheduler = new GoScheduler(2);
        int many = 600;
        var all = new CountDownLatch(many);
        for (int i = 0; i < many; i++) {
            scheduler.execute(() -> {
                all.countDown();
                try {
                    all.await();
                } catch (InterruptedException stop) {
                    throw new IllegalStateException(stop);
                }
                done.increment();
            });
        }
        Eventually.that("all are run", () -> done.sum() == many);
    }

    @Test
    void failedTaskDoesNotEndItsCarrier() {
        var scheduler = new GoScheduler(1);
        var failures = new AtomicInteger();
        scheduler.execute(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((_, _) -> failures.incrementAndGet());
            throw new IllegalStateException("as planned");
        });
        scheduler.execute(done::increment);
        Eventually.that("the next is run", () -> done.sum() == 1);
        assertThat(failures).hasValue(1);
    }

    /// A processor that is assigned to a thread that never runs would be lost.
    @Test
    void threadThatCannotBeStartedGetsNoProcessor() {
        var starts = new AtomicInteger();
        var scheduler =
                new GoScheduler(
                        1,
                        carrier -> {
                            int start = starts.incrementAndGet();
                            if (start == 2 || start == 3) {
                                throw new OutOfMemoryError("as planned");
                            }
                            carrier.start();
                        },
                        warnings::add);
        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> scheduler.setProcs(2));
        assertThat(scheduler.procs()).isEqualTo(1);
        var released = new AtomicBoolean();
        scheduler.execute(() -> {
            while (!released.get()) {
                Thread.onSpinWait();
            }
        });
        scheduler.execute(() -> released.set(true));
        Eventually.that("the second is run", released::get);
        assertThat(starts).hasValue(4);
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("(as planned): 1 carrier threads exist, all blocked or busy");
        assertThat(scheduler.stats().carriers()).isEqualTo(2);
    }

    /// Lets the scheduler become idle repeatedly, since the next wake-up would compensate for a lost one.
    @Test
    void losesNoTaskWhileTheNumberOfProcessorsChanges() {
        var scheduler = new GoScheduler(2);
        int rounds = Rounds.of(4000);
        int each = 50;
        for (int round = 1; round <= rounds; round++) {
            scheduler.execute(() -> {
                for (int i = 0; i < each; i++) {
                    scheduler.execute(done::increment);
                }
            });
            scheduler.setProcs(1 + round % 4);
            assertThat(scheduler.procs()).isEqualTo(1 + round % 4);
            if (round % 4 == 0) {
                long soFar = (long) round * each;
                Eventually.that("all are run", () -> done.sum() == soFar);
            }
        }
    }

    @Test
    void runsAtMostOneTaskForEachProcessor() {
        var scheduler = new GoScheduler(1);
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        for (int i = 0; i < 20_000; i++) {
            scheduler.execute(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                Thread.onSpinWait();
                running.decrementAndGet();
                done.increment();
            });
        }
        Eventually.that("all are run", () -> done.sum() == 20_000);
        // A carrier that the operating system has not run for a long time counts as stuck.
        assertThat(most.get()).isLessThanOrEqualTo(1 + (int) scheduler.takeOvers());
    }
}
