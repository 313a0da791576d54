package gofer.runtime.watch;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import gofer.runtime.sched.Scheduling;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorldSelfTestTest {

    @BeforeEach
    void needsTheHooks() {
        assumeTrue(Scheduling.isOurs());
    }

    @Test
    void passesOnThisJdk() {
        assertThatCode(WorldSelfTest::run).doesNotThrowAnyException();
    }

    /// As on JDK 26 and newer for a pool of which only `execute` is ours.
    @Test
    void failsIfVirtualThreadsRunOnThreadsOfTheJdk() {
        try (var jdks = new ForkJoinPool(1)) {
            assertThatThrownBy(() -> WorldSelfTest.run(_ -> jdks))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("do not support this JDK, " + Runtime.version())
                    .hasMessageContaining("virtual threads run on the thread \"ForkJoinPool-");
        }
    }

    @Test
    void failsIfTimedWaitsUseAnotherClock() {
        try (var clock = Executors.newScheduledThreadPool(1)) {
            assertThatThrownBy(() -> WorldSelfTest.run(trial -> new OtherClock(trial, clock)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("a timed wait uses another clock");
            clock.shutdownNow();
        }
    }

    private static final class OtherClock extends WorldSelfTest.Pool {

        private final ScheduledExecutorService clock;

        OtherClock(WorldSelfTest trial, ScheduledExecutorService clock) {
            super(trial);
            this.clock = clock;
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            return clock.schedule(task, delay, unit);
        }
    }
}
