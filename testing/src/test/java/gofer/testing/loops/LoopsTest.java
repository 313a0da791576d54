package gofer.testing.loops;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.testing.Exploration;
import gofer.testing.Explore;
import gofer.testing.Fault;
import gofer.testing.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// No fault is reported for programs that loop until they are told to stop. The fault of each variant that is never told is
/// found.
///
/// `-Dgofer.loops.schedules=1000` sets the number of schedules of each strategy, and runs each faulty variant by each strategy.
/// It takes minutes.
class LoopsTest {

    private static final int SCHEDULES = Integer.getInteger("gofer.loops.schedules", 10);

    /// For programs that take a hundred thousand steps each.
    private static final int LONG = Math.max(2, SCHEDULES / 50);

    private static final List<Looping> PROGRAMS =
            Stream.of(
                            PollingLoops.all(),
                            TryingLoops.all(),
                            HandOffLoops.all(),
                            WorkerLoops.all(),
                            TimedLoops.all(),
                            LockingLoops.all(),
                            LongLoops.all())
                    .flatMap(List::stream)
                    .toList();

    @ParameterizedTest
    @MethodSource("mended")
    void noFaultIsReportedForALoopThatEnds(Looping looping, Strategy strategy) {
        Exploration result =
                Explore.schedules(looping.isLong() ? LONG : SCHEDULES).strategy(strategy).search(looping.mended());
        assertThat(result.faults()).extracting(Fault::text).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("broken")
    void faultOfEachVariantIsFound(Looping looping, Strategy strategy) {
        long most = strategy == Strategy.EXHAUSTIVE ? 100_000 : 1000; // a depth-first search may find it late
        Exploration result = Explore.schedules(most).strategy(strategy).search(looping.broken());
        assertThat(result.faults()).as(result.summary()).hasSize(1);
        assertThat(result.faults().getFirst().message())
                .containsAnyOf(
                        "still running after",
                        "goroutines do nothing but poll and yield",
                        "deadlock",
                        "are blocked forever");
    }

    static Stream<Arguments> mended() {
        return PROGRAMS.stream()
                .flatMap(looping -> Stream.of(Strategy.values()).map(strategy -> Arguments.of(looping, strategy)));
    }

    /// In each build, each program by one strategy, and each strategy with some programs.
    static Stream<Arguments> broken() {
        Strategy[] strategies = Strategy.values();
        List<Arguments> all = new ArrayList<>();
        for (Looping looping : PROGRAMS) {
            for (int i = 0; i < strategies.length && looping.hasTwin(); i++) {
                if (SCHEDULES >= 1000 || i == PROGRAMS.indexOf(looping) % strategies.length) {
                    all.add(Arguments.of(looping, strategies[i]));
                }
            }
        }
        return all.stream();
    }
}
