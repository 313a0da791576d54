package gofer.conformance.memory;

import static gofer.Go.afterFunc;
import static gofer.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Chan;
import gofer.conformance.Pins;
import gofer.goroutine.Body;
import gofer.group.ErrGroup;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A goroutine sees all writes before its start. `race/testdata/mop_test.go`.
///
/// No test shows that the end of a goroutine orders nothing, because any result would be allowed.
class GoEdgesTest {

    private static final int ROUNDS = 5000;

    private final int[] plain = new int[ROUNDS];

    record Start(String name, Consumer<Body> go) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Start> starts() {
        return Stream.of(
                new Start("go", Go::go),
                new Start("go with a name", body -> go("name", body)),
                new Start("wait group", new WaitGroup()::go),
                new Start("error group", new ErrGroup()::go),
                new Start("timer", body -> afterFunc(Duration.ZERO, body)));
    }

    @ParameterizedTest
    @MethodSource("starts")
    @Pins({"MM-05", "MM-13"})
    void startHappensBeforeTheBody(Start start) {
        Chan<Integer> seen = Chan.make(16);
        for (int i = 0; i < ROUNDS; i++) {
            int own = i;
            plain[own] = own + 1;
            start.go.accept(() -> seen.send(plain[own]));
        }
        long sum = 0;
        for (int i = 0; i < ROUNDS; i++) {
            sum += seen.recv();
        }
        assertThat(sum).isEqualTo(ROUNDS * (ROUNDS + 1L) / 2);
    }

    /// Each goroutine starts the next one, and the last can see what the first wrote.
    @ParameterizedTest
    @MethodSource("starts")
    @Pins("MM-05")
    void startIsTransitive(Start start) {
        Chan<Integer> last = Chan.make(1);
        next(start, 0, last);
        assertThat(last.recv()).isEqualTo(ROUNDS);
        assertThat(plain[ROUNDS - 1]).isEqualTo(ROUNDS);
    }

    private void next(Start start, int i, Chan<Integer> last) {
        start.go.accept(() -> {
            plain[i] = i == 0 ? 1 : plain[i - 1] + 1;
            if (i + 1 < ROUNDS) {
                next(start, i + 1, last);
            } else {
                last.send(plain[i]);
            }
        });
    }
}
