package gofer.race.edges;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.race.edges.child.RecordingHooks;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs small classes with the names of Gofer's in a child JVM. They are among the test resources.
final class GoferClassesTest {

    @Test
    void goferIsRewritten(@TempDir Path directory) throws Exception {
        Sources.compile("gofers", directory);

        List<String> lines =
                new ChildJvm(directory, RecordingHooks.class).run(directory, "other.Main").lines().toList();

        assertThat(lines.stream().filter(line -> !line.contains("warning")))
                .map(line -> line.replaceFirst("^\\[thread \\d+ ", "[thread N "))
                .containsExactly(
                        "recorded true",
                        "release, acquire true",
                        "other part false",
                        "pass true",
                        "atomics false",
                        "thrown",
                        "quiet false",
                        "user true",
                        "locked true",
                        "special gofer.sync.User",
                        "others false",
                        "goroutine 7, goroutine 1, Main.main(Main.java:3)",
                        "[thread N \"main\"]",
                        "goroutine true");
    }
}
