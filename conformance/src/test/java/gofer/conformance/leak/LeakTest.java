package gofer.conformance.leak;

import static gofer.Go.block;
import static gofer.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Chan;
import gofer.conformance.ChildProgram;
import gofer.conformance.Pins;
import gofer.diagnostics.Leaks;
import gofer.fixture.Eventually;
import gofer.runtime.lock.Internals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeakTest {

    /// With every collector.
    @ParameterizedTest
    @ValueSource(
            strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC", "-XX:+UseParallelGC", "-XX:+UseZGC", "-XX:+UseShenandoahGC"})
    @Pins({"LK-01", "LK-02", "LK-03", "LK-04", "LK-05"})
    void smallCasesAreClassified(String collector) {
        ChildProgram program =
                ChildProgram.run(MicroCases.class, ChildProgram.OWN_SCHEDULER, "-XX:-UseSerialGC", collector);
        assertThat(program.err()).doesNotContain("\"live\""); // one of the cases locks twice, which may be reported too
        assertThat(program.out())
                .isEqualToIgnoringNewLines(
                        """
                        leak: 16 of 16, live: 0, main: 0, goroutines as before: true
                        leak: 16 of 16, live: 0, main: 0, goroutines as before: true
                        in the dump: 16
                        live ones in the dump as leaked: 0
                        """);
    }

    /// `SelectNoCasesMain`.
    static final class MainBlocks {
        static void main(String[] args) {
            Internals.startQuietThread(MainBlocks::look);
            Go.main(() -> {
                Chan<Integer> mine = Chan.make();
                go("other", mine::recv);
                throw block();
            });
        }

        private static void look() {
            Eventually.that(
                    "both wait", () -> Go.stacks().contains("main\" [select") && Go.stacks().contains("other\" [chan"));
            Leaks.find().forEach(stuck -> IO.print(stuck.text().lines().findFirst().orElseThrow() + "\n"));
            IO.println(Go.stacks().contains("goroutine 1 \"main\" [select (no cases)]:"));
            Runtime.getRuntime().halt(0);
        }
    }

    @Test
    @Pins("LK-06")
    void blockedMainIsNoLeakAndKeepsNothingAlive() {
        ChildProgram program = ChildProgram.run(MainBlocks.class, ChildProgram.OWN_SCHEDULER);
        assertThat(program.err()).isEmpty();
        assertThat(program.out()).matches("goroutine 2 \"other\" \\[chan receive.*]:\\Rtrue\\R");
    }

    static final class CannotFind {
        static void main(String[] args) {
            try {
                IO.println(Leaks.find());
            } catch (UnsupportedOperationException e) {
                IO.println(e.getMessage());
            }
        }
    }

    @Test
    @Pins("LK-01")
    void saysWhyItCannotSearch() {
        assertThat(ChildProgram.run(CannotFind.class).out()).contains("Gofer's scheduler", "--add-opens");
        assertThat(ChildProgram.run(CannotFind.class, ChildProgram.OWN_SCHEDULER, "-XX:+DisableExplicitGC").out())
                .contains("-XX:+DisableExplicitGC");
    }
}
