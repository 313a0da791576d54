package gofer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests of the help.
final class UsageTest {
    @Test
    void helpOfExploreDescribesEachOption() throws Exception {
        String source = Files.readString(Path.of("src/main/java/gofer/cli/Search.java"));
        var options =
                Pattern.compile("case \"(--\\w+)\"").matcher(source).results().map(found -> found.group(1)).toList();
        assertThat(options).contains("--schedules", "--racy");
        for (String option : options) {
            if (!option.equals("--progress")) { // only the script uses it
                assertThat(Usage.of("explore")).contains("\n  " + option + " ");
                assertThat(Usage.all()).contains("[" + option);
            }
        }
    }

    @Test
    void helpOfACommandHasItsLinesOnly() {
        assertThat(Usage.of("run"))
                .startsWith("usage: gofer run [--procs N]")
                .contains("\n       gofer run --replay TOKEN")
                .doesNotContain("gofer explore", "gofer vet", "FILE.java is a");
        assertThat(Usage.of("leaks")).hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "vet", "dump", "leaks", "profile", "trace", "doctor", "bench", "version"})
    void eachCommandHasHelp(String command) {
        assertThat(Usage.of(command)).startsWith("usage: gofer " + command);
    }

    @Test
    void unknownCommandHasNone() {
        assertThatThrownBy(() -> Usage.of("frobnicate"))
                .isInstanceOf(UsageException.class)
                .hasMessage("unknown command 'frobnicate'; see gofer --help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"explore --help", "explore -h", "explore --progress --help"})
    void optionPrintsTheHelp(String commandLine) {
        PrintStream out = System.out;
        var text = new ByteArrayOutputStream();
        System.setOut(new PrintStream(text, true, StandardCharsets.UTF_8));
        try {
            Main.main(commandLine.split(" "));
        } finally {
            System.setOut(out);
        }
        assertThat(text.toString(StandardCharsets.UTF_8)).isEqualTo(Usage.of("explore"));
    }
}
