package gofer.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.goroutine.Scheduler;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorTest {

    private static List<String> bugs(String version) {
        return Doctor.bugs(Runtime.Version.parse(version));
    }

    @Test
    void reportsKnownBugsOfTheJdk() {
        assertThat(bugs("25")).hasSize(2);
        assertThat(bugs("25.0.2+10")).hasSize(2).first().asString().startsWith("JDK-8369227: ");
        assertThat(bugs("25.0.3"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("JDK-8373120: ")
                .endsWith("fixed in 25.0.4");
        assertThat(bugs("25.0.4")).isEmpty();
        assertThat(bugs("26.0.1")).hasSize(1).first().asString().endsWith("fixed in 26.0.2");
        assertThat(bugs("26.0.2")).isEmpty();
        assertThat(bugs("27")).isEmpty();
    }

    @Test
    void reportsTheSchedulerAndTheMachine() {
        String report = Doctor.examine();
        assertThat(report)
                .contains("Java " + Runtime.version())
                .contains(Go.numCpu() == 1 ? "1 processor\n" : Go.numCpu() + " processors\n")
                .containsPattern("heap of at most \\d+ MB: room for about \\d+ waiting goroutines")
                .endsWith("\n");
        if (Go.scheduler() == Scheduler.GOFER) {
            assertThat(report).contains("  goroutines run on Gofer's scheduler, " + Go.gomaxprocs(0) + " at a time\n");
        } else {
            assertThat(report)
                    .contains("! goroutines run on the JDK's scheduler")
                    .contains("--add-opens")
                    .doesNotContain("refused");
        }
    }
}
