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

/// An exploration finds no fault in programs that loop until they are stopped. It finds the fault of each variant that is never
/// stopped.
///
/// `-Dgofer.loops.schedules=1000` sets the number of schedules of each strategy, and runs each faulty variant by each strategy.
/// It takes minutes.
class LoopsTest {

    private static final boolean STRESS = Boolean.getBoolean("gofer.stress");
    private static final int SCHEDULES = Integer.getInteger("gofer.loops.schedules", STRESS ? 10 : 3);

    /// The number of schedules of programs that take a hundred thousand steps each.
    private static final int LONG = Math.max(2, SCHEDULES / 50);

    private static final List<LoopProgram> PROGRAMS =
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
    @MethodSource("correct")
    void noFaultIsReportedForALoopThatEnds(LoopProgram program, Strategy strategy) {
        Exploration result =
                Explore.schedules(program.isLong() ? LONG : SCHEDULES).strategy(strategy).search(program.correct());
        assertThat(result.faults()).extracting(Fault::text).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("faulty")
    void faultOfEachVariantIsFound(LoopProgram program, Strategy strategy) {
        long most = strategy == Strategy.EXHAUSTIVE ? 100_000 : 1000; // a depth-first search may find it late
        Exploration result = Explore.schedules(most).strategy(strategy).search(program.faulty());
        LoopProgram.assertFaultIsFound(result);
    }

    static Stream<Arguments> correct() {
        return PROGRAMS.stream()
                .flatMap(program -> Stream.of(Strategy.values()).map(strategy -> Arguments.of(program, strategy)));
    }

    /// The profile `stress` runs each program by one strategy, and each strategy with some programs. Other builds run a third.
    static Stream<Arguments> faulty() {
        Strategy[] strategies = Strategy.values();
        List<Arguments> all = new ArrayList<>();
        for (LoopProgram program : PROGRAMS) {
            if (!STRESS && SCHEDULES < 1000 && PROGRAMS.indexOf(program) % 3 != 0) {
                continue;
            }
            for (int i = 0; i < strategies.length && program.hasFaultyVariant(); i++) {
                if (SCHEDULES >= 1000 || i == PROGRAMS.indexOf(program) % strategies.length) {
                    all.add(Arguments.of(program, strategies[i]));
                }
            }
        }
        return all.stream();
    }
}
