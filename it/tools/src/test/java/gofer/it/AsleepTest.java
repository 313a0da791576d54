package gofer.it;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.it.Running.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A program whose goroutines all wait for ever ends with a report, wherever it runs. (A web application has no `main` of its
/// own, and its server is never asleep.)
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
    void theReportNamesWhatIsWaitedFor(Place place, boolean flag) throws Exception {
        try (var program = Running.start(place.command(flag, "asleep"))) {
            Outcome outcome = program.untilOver();
            assertThat(outcome.err())
                    .contains("fatal error: all goroutines are asleep - deadlock!")
                    .containsPattern("goroutine 1 \"main\" \\[chan receive.*]:\n\tat .*app\\.Main\\.")
                    .contains("waits to receive from chan 1 \"nothing\"");
            assertThat(outcome.status()).isEqualTo(2);
        }
    }
}
