package gofer.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.race.runtime.Report;
import gofer.race.runtime.Report.Access;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The form of the reports, and which are left out.
class ReportLogTest {

    private static final StackTraceElement MAIN = new StackTraceElement("com.acme.Main", "main", "Main.java", 9);

    private static final Report REPORT =
            new Report(
                    "Shop.total",
                    new Access(
                            false,
                            "goroutine 7 \"worker\"",
                            List.of(
                                    new StackTraceElement("com.acme.Shop", "total", "Shop.java", 12),
                                    new StackTraceElement("com.acme.Main", "print", "Main.java", 20)),
                            "goroutine 1",
                            List.of(MAIN)),
                    new Access(
                            true,
                            "thread 31 \"main\"",
                            List.of(new StackTraceElement("com.acme.Shop", "add", "Shop.java", 8)),
                            null,
                            List.of()));

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private ReportLog log(String options) {
        return ReportLog.to(out, Options.of(options));
    }

    private String written() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void textHasBothAccessesAndWhereTheirThreadsWereStarted() {
        ReportLog log = log("strip_path_prefix=com.acme.");
        log.add(REPORT);
        log.end();
        assertThat(written())
                .isEqualTo(
                        """
                        ==================
                        WARNING: DATA RACE on Shop.total
                        Read by goroutine 7 "worker":
                            at Shop.total(Shop.java:12)
                            at Main.print(Main.java:20)

                        Previous write by thread 31 "main":
                            at Shop.add(Shop.java:8)

                        Goroutine 7 "worker" was started by goroutine 1:
                            at Main.main(Main.java:9)
                        ==================
                        Found 1 data race(s)
                        """);
    }

    @Test
    void jsonIsOneLineForEachReport() {
        ReportLog log = log("format=json");
        log.add(REPORT);
        log.end();
        assertThat(written())
                .isEqualTo(
                        """
                        {"variable": "Shop.total", "later": {"kind": "read", "thread": "goroutine 7 \\"worker\\"", \
                        "stack": ["com.acme.Shop.total(Shop.java:12)", "com.acme.Main.print(Main.java:20)"], \
                        "startedBy": "goroutine 1", "startedAt": ["com.acme.Main.main(Main.java:9)"]}, \
                        "earlier": {"kind": "write", "thread": "thread 31 \\"main\\"", \
                        "stack": ["com.acme.Shop.add(Shop.java:8)"], "startedBy": "", "startedAt": []}}
                        """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.acme.Shop.add", "com.acme.Main.*", "com.acme.**", "com.**"})
    void patternMatchesAFrameOfEitherAccess(String pattern) {
        assertThat(Suppressions.of(List.of(pattern), "file").contain(REPORT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.acme.Shop.ad", "com.acme.Shop.add2", "com.acme.Main2.*", "com.acm.**", "acme.**"})
    void otherPatternsMatchNothing(String pattern) {
        assertThat(Suppressions.of(List.of(pattern), "file").contain(REPORT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shop", "com.acme.*.x", "**", "com/acme/Shop.total", "a b.c"})
    void invalidPatternIsNamed(String pattern) {
        assertThatThrownBy(() -> Suppressions.of(List.of(pattern), "known.txt"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("known.txt has '" + pattern + "'");
    }
}
