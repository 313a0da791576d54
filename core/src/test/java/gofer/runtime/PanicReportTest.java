package gofer.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.fixture.Eventually;
import gofer.goroutine.FatalError;
import gofer.goroutine.WaitReason;
import java.util.List;
import org.junit.jupiter.api.Test;

class PanicReportTest {

    private final G g = Goroutines.start("worker", () -> {});

    @Test
    void saysWhatWasThrownByWhomAndWhoStartedIt() {
        var thrown = new IllegalStateException("no", new RuntimeException("the reason"));
        thrown.addSuppressed(new RuntimeException("on the way out"));
        assertThat(PanicReport.of(g, thrown, Traceback.SINGLE))
                .startsWith(String.format("panic: java.lang.IllegalStateException: no%n%n"))
                .contains(g + " [running]:")
                .contains("\tat gofer.runtime.PanicReportTest.saysWhatWasThrown")
                .contains("Suppressed: java.lang.RuntimeException: on the way out")
                .contains("Caused by: java.lang.RuntimeException: the reason")
                .contains("created by a thread at gofer.runtime.PanicReportTest.");
        assertThat(PanicReport.of(g, new FatalError("all is lost"), Traceback.SINGLE))
                .startsWith("fatal error: all is lost");
    }

    /// Nobody started the main goroutine; all others were.
    @Test
    void theMainGoroutineHasNoCreator() {
        var main = new G(G.MAIN, "main", () -> {}, () -> {}, g.origin());
        assertThat(PanicReport.of(main, new IllegalStateException("no"), Traceback.SINGLE))
                .contains("goroutine 1 \"main\" [running]:")
                .doesNotContain("created by");
        assertThat(PanicReport.of(main, new Speechless(), Traceback.SINGLE)).doesNotContain("created by");
        assertThat(PanicReport.of(g, new Speechless(), Traceback.SINGLE)).contains("created by");
    }

    /// Go's values of `GOTRACEBACK`.
    @Test
    void showsAsMuchAsIsAskedFor() {
        for (String setting : List.of("none", "0")) {
            assertThat(Traceback.of(setting)).isEqualTo(Traceback.NONE);
        }
        for (String setting : List.of("all", "2", "system", "crash")) {
            assertThat(Traceback.of(setting)).isEqualTo(Traceback.ALL);
        }
        for (String setting : List.of("single", "1", "", "whatever")) {
            assertThat(Traceback.of(setting)).isEqualTo(Traceback.SINGLE);
        }
        assertThat(Traceback.of(null)).isEqualTo(Traceback.SINGLE);
        var thrown = new IllegalStateException("no");
        assertThat(PanicReport.of(g, thrown, Traceback.NONE))
                .isEqualTo(String.format("panic: java.lang.IllegalStateException: no%n"));
        ChanCore end = new ChanCore(0);
        G other = Goroutines.start("other", () -> end.recv(null));
        Eventually.blocked(other, WaitReason.CHAN_RECEIVE);
        assertThat(PanicReport.of(g, thrown, Traceback.SINGLE)).doesNotContain(other + " [");
        assertThat(PanicReport.of(g, thrown, Traceback.ALL))
                .startsWith(PanicReport.of(g, thrown, Traceback.SINGLE))
                .contains("\n" + other + " [chan receive");
        end.close();
    }

    /// The JDK allows it, and prints it.
    @Test
    void endsAlthoughCausesFormACircle() {
        var first = new RuntimeException("first");
        first.initCause(new RuntimeException("second", first));
        assertThat(PanicReport.of(g, first, Traceback.SINGLE)).contains("second").contains("CIRCULAR REFERENCE");
    }

    @Test
    void standsAnExceptionThatCannotDescribeItself() {
        assertThat(PanicReport.of(g, new Speechless(), Traceback.SINGLE))
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
