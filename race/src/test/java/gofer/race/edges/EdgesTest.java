package gofer.race.edges;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.race.edges.child.Child;
import gofer.race.edges.child.CountingHooks;
import gofer.race.edges.child.RecordingHooks;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs programs that use the JDK in child JVMs, and checks which threads the hooks order.
final class EdgesTest {

    @Test
    void documentedEdgesExist(@TempDir Path directory) throws Exception {
        List<String> lines = new ChildJvm(directory, RecordingHooks.class).run(Child.class, "ordered").lines().toList();

        assertThat(lines)
                .allMatch(line -> line.endsWith(": true") || line.equals("exiting 0") || line.contains("warning"));
        assertThat(lines).hasSizeGreaterThan(200);
    }

    @Test
    void nothingElseOrdersThreads(@TempDir Path directory) throws Exception {
        String output =
                new ChildJvm(directory, RecordingHooks.class)
                        .withOption("--module-path=" + ChildJvm.root(Nullable.class))
                        .withOption("--add-modules=org.jspecify")
                        .run(Child.class, "unordered");

        assertThat(output).contains(": false").doesNotContain(": true").doesNotContain("Exception");
    }

    @Test
    void programRunsAsWithoutHooks(@TempDir Path directory) throws Exception {
        Sources.compile("workload", directory);

        String output =
                new ChildJvm(directory, CountingHooks.class)
                        .withOption("-Djava.io.tmpdir=" + directory)
                        .run(directory, "Workload");

        assertThat(output.lines().filter(line -> !line.contains("warning")))
                .containsExactly(
                        "threads: 100000",
                        "requests: 200",
                        "compiled: true",
                        "stream: 499999500000",
                        "exceptions: 2001",
                        "edges: true",
                        "starts: true, ends: true",
                        "done");
    }
}
