package gofer.conformance.goroutine;

import static gofer.Go.block;
import static gofer.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Chan;
import gofer.conformance.ChildProgram;
import gofer.conformance.Pins;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests the limits of the stack and the heap.
class LimitsTest {

    static final class TooDeep {
        static void main(String[] args) {
            Go.main(() -> {
                go("digger", () -> IO.println(dig(0)));
                throw block();
            });
        }

        private static int dig(int depth) {
            return depth == Integer.MAX_VALUE ? 0 : dig(depth + 1) + depth;
        }
    }

    /// `rt/crash_test.go: TestStackOverflow`.
    @ParameterizedTest
    @ValueSource(strings = {ChildProgram.JDK_SCHEDULER, ChildProgram.OWN_SCHEDULER})
    @Pins("GO-17")
    void infiniteRecursionEndsTheProgram(String scheduler) {
        ChildProgram program = ChildProgram.run(TooDeep.class, scheduler);
        assertThat(program.out()).isEmpty();
        assertThat(program.err())
                .startsWith("panic: java.lang.StackOverflowError")
                .contains("\"digger\" [running]:", "TooDeep.dig(LimitsTest.java:")
                .contains("created by goroutine 1 at ");
        assertThat(program.status()).isEqualTo(2);
    }

    static final class TooMany {
        static void main(String[] args) {
            Chan<Integer> gate = Chan.make();
            Go.main(() -> {
                for (; ; ) {
                    go(gate::recv);
                }
            });
        }
    }

    /// Waiting goroutines fill the heap. Often no thread gets an exception.
    @ParameterizedTest
    @ValueSource(strings = {ChildProgram.JDK_SCHEDULER, ChildProgram.OWN_SCHEDULER})
    @Timeout(300) // a full heap is collected again and again, for each of three programs
    void tooManyGoroutinesEndTheProgram(String scheduler) {
        for (String collector : List.of("-XX:+UseParallelGC", "-XX:+UseG1GC", "-XX:+UseSerialGC")) {
            ChildProgram program = ChildProgram.run(TooMany.class, scheduler, "-Xmx32m", "-XX:-UseSerialGC", collector);
            assertThat(program.err()).as(collector).containsPattern("fatal error: out of memory|OutOfMemoryError");
            assertThat(program.status()).as(collector).isEqualTo(2);
        }
    }
}
