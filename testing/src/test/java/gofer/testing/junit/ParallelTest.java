package gofer.testing.junit;

import static gofer.Go.go;
import static gofer.Go.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.sync.WaitGroup;
import gofer.testing.Strategy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tests of explorations and bubbles that JUnit runs in parallel.
class ParallelTest {

    /// Makes two tests run at the same time, or fail.
    private static final CyclicBarrier BOTH = new CyclicBarrier(2);

    private static final ThreadLocal<Integer> RUNS = ThreadLocal.withInitial(() -> 0);

    /// Runs goroutines that sleep, so that the clock is an option too.
    private static void sleepers() {
        RUNS.set(RUNS.get() + 1);
        assertThat(RUNS.get()).isEqualTo(1); // the goroutine is new in each schedule
        Chan<Integer> order = Chan.make(2);
        var wg = new WaitGroup();
        for (int i = 1; i <= 2; i++) {
            int n = i;
            wg.go(() -> {
                sleep(Duration.ofSeconds(n));
                order.send(n);
            });
        }
        wg.await();
    }

    abstract static class Pair {
        @BeforeEach
        void meet() throws Exception {
            RUNS.set(100);
            BOTH.await();
        }
    }

    static class One extends Pair {
        @ExploreTest(strategy = Strategy.POS, schedules = 3000)
        void one() {
            sleepers();
        }
    }

    static class Other extends Pair {
        @ExploreTest(strategy = Strategy.POS, schedules = 3000)
        void other() {
            sleepers();
        }
    }

    static class Bubble extends Pair {
        @BubbleTest
        void bubble() {
            sleepers();
            Chan<Integer> numbers = Chan.make();
            go(() -> numbers.send(1));
            assertThat(numbers.recv()).isEqualTo(1);
        }
    }

    private static final Map<String, String> PARALLEL =
            Map.of(
                    "junit.jupiter.execution.parallel.enabled", "true",
                    "junit.jupiter.execution.parallel.config.executor-service", "WORKER_THREAD_POOL",
                    "junit.jupiter.execution.parallel.mode.default", "concurrent",
                    "junit.jupiter.execution.parallel.config.strategy", "fixed",
                    "junit.jupiter.execution.parallel.config.fixed.parallelism", "2");

    @Test
    void twoExplorationsDoNotInterfere() {
        Launched run = Launched.of(PARALLEL, One.class, Other.class);
        assertThat(run.results().values()).containsExactly("SUCCESSFUL", "SUCCESSFUL");
        assertThat(Map.copyOf(run.entries()).values().stream().distinct())
                .as("equal searches, with equal guesses at how many schedules there are, and no notes")
                .singleElement()
                .asString()
                .matches("3000 schedules of about \\d+; strategy POS, seed 1");
    }

    @Test
    void explorationAndBubbleDoNotInterfere() {
        assertThat(Launched.of(PARALLEL, One.class, Bubble.class).results().values())
                .containsExactly("SUCCESSFUL", "SUCCESSFUL");
    }
}
