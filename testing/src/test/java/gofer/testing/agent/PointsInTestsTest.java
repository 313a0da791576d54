package gofer.testing.agent;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.goroutine.Body;
import gofer.testing.Exploration;
import gofer.testing.Explore;
import gofer.testing.Fault;
import gofer.testing.Strategy;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import shop.ShopRuns;

/// Explorations of plain Java to which the agent has added scheduling points.
class PointsInTestsTest {

    /// The number of schedules of each strategy that chooses at random.
    private static final int SCHEDULES = Boolean.getBoolean("gofer.stress") ? 1000 : 200;

    private static Stream<Arguments> faults() {
        return Stream.of(
                fault(ShopRuns::loadedTwice, "expected 1, not 2", "call containsKey on ConcurrentHashMap 1"),
                fault(ShopRuns::lostUpdate, "expected 3, not", "write total of Shop 1"),
                fault(ShopRuns::lostSale, "expected 2, not 1", "read sold of Shop "),
                fault(ShopRuns::lostOnShelf, "expected 2, not 1", "write element 2 of int[] 1"),
                fault(ShopRuns::lostWithAnExecutor, "expected 3, not", "read total of Shop 1"),
                fault(ShopRuns::referenceIsNoPoint, "expected 0, not 1", "call incrementAndGet on AtomicInteger 1"),
                fault(ShopRuns::deadlock, "deadlock", "enter monitor of Object 1"),
                fault(ShopRuns::lostNotify, "deadlock", "wait on Object 1"));
    }

    private static Arguments fault(Body body, String message, String step) {
        return Arguments.of(body, message, step);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void faultIsFound(Body body, String message, String step) {
        for (Strategy strategy : Strategy.values()) {
            Exploration found = Explore.schedules(1000).racy().strategy(strategy).search(body);
            assertThat(found.faults()).as("%s %s", strategy, found.summary()).hasSize(1);
            Fault fault = found.faults().getFirst();
            assertThat(fault.message()).contains(message);
            assertThat(fault.steps()).contains(step);
        }
    }

    private static Stream<Body> correct() {
        return Stream.of(
                ShopRuns::noLostUpdate, ShopRuns::shelvesOfTheirOwn, ShopRuns::noDeadlock, ShopRuns::noLostNotify);
    }

    @ParameterizedTest
    @MethodSource("correct")
    void correctedVariantPasses(Body body) {
        for (Strategy strategy : Strategy.values()) {
            int most = strategy == Strategy.EXHAUSTIVE ? 1000 : SCHEDULES;
            Exploration found = Explore.schedules(most).strategy(strategy).search(body);
            assertThat(found.faults()).as("%s %s", strategy, found.summary()).extracting(Fault::text).isEmpty();
            assertThat(found.notes()).as("%s", strategy).isEmpty();
            assertThat(found.isComplete()).as("%s", found.summary()).isEqualTo(strategy == Strategy.EXHAUSTIVE);
        }
    }

    /// The map calls its callback under an internal monitor, which the JDK does not report.
    @Test
    void monitorOfTheJdkIsNotUnderControl() {
        Exploration found = Explore.schedules(100).search(ShopRuns::loadedOnce);
        assertThat(found.faults()).isEmpty();
        assertThat(found.notes())
                .contains("goroutines waited for monitors, and the JVM chose which one entered")
                .noneMatch(note -> note.contains("something outside") || note.contains("I/O"));
    }

    /// Platform threads run at any time, so no token can replay them.
    @Test
    void platformThreadsAreNamedAndPreventReplay() {
        Exploration found = Explore.schedules(10).search(ShopRuns::lostWithPlatformThreads);
        assertThat(found.faults()).hasSize(1);
        assertThat(found.faults().getFirst().token()).isEmpty();
        assertThat(found.faults().getFirst().text())
                .contains("platform threads were started, which cannot be controlled")
                .doesNotContain("g1-");
        assertThat(found.notes()).anyMatch(note -> note.matches("platform threads were started,.*: till-1.*"));
    }

    /// The threads access different elements.
    @Test
    void independentElementsNeedOneSchedule() {
        assertThat(Explore.exhaustively().search(ShopRuns::shelvesOfTheirOwn).schedules()).isLessThan(10);
    }
}
