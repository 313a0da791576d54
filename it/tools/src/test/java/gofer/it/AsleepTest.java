package gofer.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tests that a program reports that all its goroutines wait forever, wherever it runs. On the JDK's scheduler, Gofer cannot
/// exclude that something else wakes them, so the program continues. (A web application has no `main` of its own, and its
/// server is never asleep.)
final class AsleepTest {
    @ParameterizedTest
    @CsvSource({
        "CLASS_PATH, false",
        "CLASS_PATH, true",
        "MODULE_PATH, false",
        "MODULE_PATH, true",
        "IMAGE, false",
        "IMAGE, true",
        "BOOT_3, false",
        "BOOT_3, true",
        "BOOT_4, false",
        "BOOT_4, true",
    })
    void reportNamesTheChannel(Place place, boolean flag) throws Exception {
        try (var program = Running.start(place.command(flag, "asleep"))) {
            String report = program.untilErr("\"nothing\" (len 0, cap 0, receivers 1, senders 0), made at ");
            assertThat(report)
                    .startsWith(flag ? "fatal error: " : "warning: ")
                    .contains("all goroutines are asleep - deadlock")
                    .containsPattern("goroutine 1 \"main\" \\[chan receive.*]:\n\tat .*app\\.Main\\.");
            if (flag) assertThat(program.untilOver().status()).isEqualTo(2);
        }
    }
}
