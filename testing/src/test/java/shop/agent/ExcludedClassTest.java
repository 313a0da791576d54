package shop.agent;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.testing.Exploration;
import gofer.testing.Explore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The options of the agent may leave out classes of the program. A search that such a class makes blind says so.
class ExcludedClassTest {

    @SuppressWarnings("UnusedVariable") // the access is what matters
    private static final class Counter {

        int total;

        void add() {
            total++;
        }
    }

    static final class Program {
        public static void main(String[] args) {
            Exploration result =
                    Explore.exhaustively()
                            .racy()
                            .search(() -> {
                                var counter = new Counter();
                                Go.go(counter::add);
                                Go.go(counter::add);
                            });
            IO.println(result.isComplete() + " " + result.notes());
        }
    }

    @Test
    void accessInAnExcludedClassIsNamed() throws Exception {
        assertThat(run("exclude=" + Counter.class.getName()))
                .startsWith("false [ExcludedClassTest.java:")
                .contains(" reads Counter.total, ")
                .endsWith(": the options of the agent leave the class out]");
        assertThat(run("include=" + Program.class.getName())).startsWith("false [ExcludedClassTest.java:");
    }

    @Test
    void selectedClassesAreNotNamed() throws Exception {
        assertThat(run("exclude=shop.agent.Pair")).isEqualTo("true []");
        assertThat(run("include=shop.**")).isEqualTo("true []");
    }

    private static String run(String options) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                        "-javaagent:" + Path.of("target/agent.jar").toAbsolutePath() + "=" + options,
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Program.class.getName()))
                        .redirectErrorStream(true)
                        .start();
        try (var output = process.inputReader()) {
            String text = output.lines().collect(Collectors.joining("\n"));
            assertThat(process.waitFor()).as(text).isZero();
            return text;
        }
    }
}
