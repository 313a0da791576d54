package gofer.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.goroutine.FatalError;
import org.junit.jupiter.api.Test;

class PanicReportTest {

    private final G g = Goroutines.start("worker", () -> {});

    @Test
    void saysWhatWasThrownByWhomAndWhoStartedIt() {
        var thrown = new IllegalStateException("no", new RuntimeException("the reason"));
        thrown.addSuppressed(new RuntimeException("on the way out"));
        assertThat(PanicReport.of(g, thrown))
                .startsWith(String.format("panic: java.lang.IllegalStateException: no%n%n"))
                .contains(g + " [running]:")
                .contains("\tat gofer.runtime.PanicReportTest.saysWhatWasThrown")
                .contains("Suppressed: java.lang.RuntimeException: on the way out")
                .contains("Caused by: java.lang.RuntimeException: the reason")
                .contains("created by a thread at gofer.runtime.PanicReportTest.");
        assertThat(PanicReport.of(g, new FatalError("all is lost"))).startsWith("fatal error: all is lost");
    }

    /// Nobody started the main goroutine; all others were.
    @Test
    void theMainGoroutineHasNoCreator() {
        var main = new G(G.MAIN, "main", () -> {}, () -> {}, g.origin());
        assertThat(PanicReport.of(main, new IllegalStateException("no")))
                .contains("goroutine 1 \"main\" [running]:")
                .doesNotContain("created by");
        assertThat(PanicReport.of(main, new Speechless())).doesNotContain("created by");
        assertThat(PanicReport.of(g, new Speechless())).contains("created by");
    }

    /// The JDK allows it, and prints it.
    @Test
    void endsAlthoughCausesFormACircle() {
        var first = new RuntimeException("first");
        first.initCause(new RuntimeException("second", first));
        assertThat(PanicReport.of(g, first)).contains("second").contains("CIRCULAR REFERENCE");
    }

    @Test
    void standsAnExceptionThatCannotDescribeItself() {
        assertThat(PanicReport.of(g, new Speechless()))
                .startsWith("panic: " + Speechless.class.getName() + " (no details: ")
                .contains(UnsupportedOperationException.class.getName())
                .contains(g + " [running]:");
    }

    private static final class Speechless extends RuntimeException {

        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new UnsupportedOperationException();
        }
    }
}
