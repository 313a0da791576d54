package gofer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.goroutine.Body;
import java.util.TreeSet;

/// The outcomes of a program in all schedules.
final class Outcomes {

    private Outcomes() {}

    /// Returns what `program` has written to `seen`, in all schedules, sorted. No schedule may have a fault.
    static String of(StringBuilder seen, Body program) {
        Exploration result =
                Explore.exhaustively()
                        .outcome(seen::toString)
                        .search(() -> {
                            seen.setLength(0);
                            program.run();
                        });
        assertThat(result.faults()).isEmpty();
        assertThat(result.isComplete()).as(result.summary()).isTrue();
        return new TreeSet<>(result.outcomes().keySet()).toString();
    }
}
