package gofer.it;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.it.Running.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Tests that a tool that cannot work prints one sentence with the reason, and exits with status 2.
final class LimitsTest {
    @BeforeAll
    static void build() throws Exception {
        assertThat(Running.gofer("version").status()).isZero();
    }

    private static void assertRefused(Running program, String command, String why) throws Exception {
        assertThat(program.ask(command)).isEqualTo(new Outcome(2, "", "gofer: process " + program.pid() + why + "\n"));
    }

    @Test
    void imageWithoutTheFlightRecorderHasNoTrace() throws Exception {
        Path java = Built.image("without-jfr", "app").resolve("bin/java");
        try (var program = Running.start(List.of(java.toString(), "-m", "app/app.Main"))) {
            program.untilReady();
            assertRefused(
                    program,
                    "trace PID --on",
                    ": it runs without the flight recorder; start it with --add-modules jdk.jfr, in an image that"
                            + " contains this module");
            assertThat(program.ask("dump PID").out()).contains("\"consumer of main\"");
        }
    }

    @Test
    void imageThatCannotLoadAnAgentIsNotInspected() throws Exception {
        Path java = Built.image("bare", "jdk.management").resolve("bin/java");
        String path = Place.CLASS_PATH.command(false).get(3);
        try (var program = Running.start(List.of(java.toString(), "-cp", path, "app.Main"))) {
            program.untilReady();
            assertRefused(
                    program,
                    "dump PID",
                    " does not accept tools: its Java has no module java.instrument; add it to the image: jlink"
                            + " --add-modules java.instrument");
        }
    }

    @Test
    void stoppedApplicationDoesNotHideTheOther() throws Exception {
        try (var host = Running.start(Place.WEB_APPLICATIONS.command(false))) {
            host.untilReady();
            host.pressEnter();
            host.untilReady();
            Outcome dump = host.ask("dump PID");
            assertThat(dump.out()).contains("\"consumer of /bank\"").doesNotContain("/shop");
            assertThat(dump.err())
                    .startsWith("gofer: process " + host.pid() + ", ")
                    .contains("has been stopped already");
            assertThat(dump.status()).isEqualTo(2);
        }
    }
}
