package gofer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An exhaustive search skips schedules that only repeat others. For random programs it finds the same outcomes as a search that
/// skips nothing.
class ReductionTest {

    /// The number of programs that each part compares. The profile `stress` compares more. `-Dgofer.reduction=750` compares 3000
    /// in total.
    private static final int PROGRAMS =
            Integer.getInteger("gofer.reduction", Boolean.getBoolean("gofer.stress") ? 50 : 10);

    /// Programs with more schedules than this are skipped.
    private static final int MOST = 1000;

    /// @param first the number of the first program of a part
    @ParameterizedTest
    @Timeout(300) // it needs a lot of processor time
    @ValueSource(longs = {0, 1_000_000, 2_000_000, 3_000_000})
    void outcomesAreTheSameWithAndWithoutReduction(long first) {
        int compared = 0;
        int several = 0;
        for (long seed = first; compared < PROGRAMS; seed++) {
            RandomProgram program = RandomProgram.of(seed);
            Exploration reduced = search(program, Integer.MAX_VALUE);
            if (!reduced.isComplete()) {
                continue;
            }
            Exploration full =
                    search(program, Integer.MAX_VALUE - 1); // an unreachable bound, so that nothing is skipped
            if (!full.isComplete()) {
                continue;
            }
            assertThat(outcomes(reduced)).as("program %s: %s", seed, program).isEqualTo(outcomes(full));
            compared++;
            several += full.outcomes().size() > 1 ? 1 : 0;
        }
        assertThat(several).as("programs with several outcomes").isPositive();
    }

    private static Exploration search(RandomProgram program, int preemptions) {
        return Explore.schedules(MOST)
                .strategy(Strategy.EXHAUSTIVE)
                .preemptions(preemptions)
                .all()
                .outcome(program)
                .search(program);
    }

    private static Set<String> outcomes(Exploration result) {
        return result.outcomes().keySet();
    }
}
