package gofer.testing;

import static gofer.Go.go;
import static gofer.Go.select;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Biased;
import gofer.chan.Chan;
import gofer.chan.First;
import gofer.chan.Received;
import gofer.chan.Selected;
import gofer.chan.Value;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Biased selects in all schedules.
class BiasedSelectTest {

    /// One goroutine sends to the first channel, and then to the second one.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void theValueThatWasSentFirstIsReceivedFirst(int capacity) {
        assertThat(outcomes(capacity, Biased::select)).isEqualTo("[12]");
        assertThat(outcomes(capacity, (a, b) -> select(a, b))).as("a random choice").isEqualTo("[12, 21]");
    }

    private static String outcomes(
            int capacity,
            BiFunction<Chan<Integer>, Chan<Integer>, Selected.Of2<Received<Integer>, Received<Integer>>> select) {
        var received = new StringBuilder();
        Exploration result =
                Explore.exhaustively()
                        .outcome(received::toString)
                        .search(() -> {
                            received.setLength(0);
                            Chan<Integer> first = Chan.make(capacity);
                            Chan<Integer> second = Chan.make(capacity);
                            go(() -> {
                                first.send(1);
                                second.send(2);
                            });
                            for (int i = 0; i < 2; i++) {
                                received.append(value(select.apply(first, second)));
                            }
                        });
        assertThat(result.faults()).isEmpty();
        assertThat(result.isComplete()).as(result.summary()).isTrue();
        return new TreeSet<>(result.outcomes().keySet()).toString();
    }

    private static int value(Selected.Of2<Received<Integer>, Received<Integer>> selected) {
        return switch (selected) {
            case First(Value(var value)) -> value;
            default -> 2;
        };
    }
}
