package gofer.conformance.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.conformance.ChildProgram;
import org.junit.jupiter.api.Test;

/// Goroutines of Gofer's scheduler are not in the JDK's set of all threads, but they are in its dumps.
class JdkDumpTest {

    @Test
    void jdkThreadDumpListsGoroutines() {
        assertThat(ChildProgram.run(JdkDump.class, "--add-opens=java.base/java.lang=ALL-UNNAMED"))
                .isEqualTo(
                        new ChildProgram(0, "goroutines: 2\nby name: 1\nframes of recv: 1\nwhat it waits on: 1\n", ""));
    }
}
