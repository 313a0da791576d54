package gofer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.cli.RaceJvm.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the agent tells users of the race detector, in a JVM of its own.
final class RaceAgentTest {

    @TempDir private Path folder;

    /// The agent is there, but adds no scheduling points.
    @Test
    void explorationAdvisesToStartTheAgentWithoutRace() throws Exception {
        Outcome outcome =
                new RaceJvm(folder)
                        .run(
                                """
                                import module gofer;
                                import module gofer.testing;

                                static int total;

                                void main() {
                                    var result = Explore.exhaustively().search(() -> {
                                        var both = new WaitGroup();
                                        both.go(() -> total++);
                                        both.go(() -> total++);
                                        both.await();
                                    });
                                    IO.println(result.isComplete() + " " + result.notes());
                                }
                                """);
        assertThat(outcome.out())
                .startsWith("false [Main.java:")
                .contains("start the agent without the option race, or call Explore.point there")
                .doesNotContain("-javaagent");
    }

    @Test
    void scopeThatMatchesNoClassIsReported() throws Exception {
        Outcome outcome = sales("race,scope=com.acme");
        assertThat(outcome.status()).isZero();
        assertThat(outcome.err())
                .doesNotContain("RACE")
                .endsWith(
                        "gofer: races were not searched for: no class of the program matches the agent's options"
                                + " race,scope=com.acme\n");
    }

    @Test
    void scopeThatMatchesAClassIsNot() throws Exception {
        Outcome outcome = sales("race,scope=Sales");
        assertThat(outcome.status()).isEqualTo(66);
        assertThat(outcome.err()).contains("RACE on Sales.sold").doesNotContain("races were not searched for");
    }

    private Outcome sales(String options) throws IOException, InterruptedException {
        return new RaceJvm(folder).run(Map.of(), "=" + options, "../examples/snippets/Sales.java");
    }

    /// Without `Go.main`, the main thread is no goroutine.
    @Test
    void threadThatStartsAGoroutineIsNamed() throws Exception {
        String program =
                """
                void main() {
                    var group = new gofer.sync.WaitGroup();
                    group.go("one", () -> total++);
                    group.go("other", () -> total++);
                    group.await();
                }

                static int total;
                """;
        Path file = Files.writeString(folder.resolve("Main.java"), program);
        var jvm = new RaceJvm(folder);
        Outcome outcome = jvm.start(Map.of(), List.of(RaceJvm.agent() + "=race", file.toString()));
        assertThat(outcome.err().replaceAll("\\d+ \"", "N \""))
                .contains(
                        """
                        Goroutine N "one" was started by thread N "main":
                            at Main.main(Main.java:3)
                        """);
    }
}
