package gofer.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The options in the environment variable.
class OptionsTest {

    @Test
    void defaultsAreThoseOfGo() {
        assertThat(Options.of("  "))
                .isEqualTo(new Options("stderr", 66, "", false, false, Suppressions.NONE, true, true));
    }

    @Test
    void eachOptionIsRead(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("known.txt"), "# known\ncom.acme.Shop.total # harmless\n\n");
        Options options =
                Options.of(
                        "log_path=/tmp/races exitcode=3 \t strip_path_prefix=com.acme. halt_on_error=1 format=json"
                                + " suppress_equal_stacks=0 fail_tests=0 suppressions="
                                + file);
        assertThat(options.logPath()).isEqualTo("/tmp/races");
        assertThat(options.exitCode()).isEqualTo(3);
        assertThat(options.stripPrefix()).isEqualTo("com.acme.");
        assertThat(options.haltOnError()).isTrue();
        assertThat(options.json()).isTrue();
        assertThat(options.suppressEqualStacks()).isFalse();
        assertThat(options.failTests()).isFalse();
        assertThat(options.suppressions().patterns()).containsExactly("com.acme.Shop.total");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exitcode=256|exitcode must be a number from 0 to 255, not '256'",
                "exitcode=x|exitcode must be a number from 0 to 255, not 'x'",
                "exitcode|exitcode has no value",
                "log_path=|log_path has no value",
                "halt_on_error=yes|halt_on_error must be 0 or 1, not 'yes'",
                "format=xml|format must be text or json, not 'xml'",
                "suppressions=/nowhere/x|the suppressions cannot be read",
                "history_size=7|there is no option 'history_size'; the options are exitcode, fail_tests, format",
            })
    void invalidOptionIsNamed(String text, String message) {
        assertThatThrownBy(() -> Options.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("GOFERRACE: " + message);
    }
}
