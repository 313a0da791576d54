package gofer.runtime.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import gofer.Go;
import gofer.chan.Chan;
import gofer.fixture.Eventually;
import gofer.goroutine.FatalError;
import gofer.goroutine.WaitReason;
import gofer.group.Weighted;
import gofer.runtime.chan.ChanCore;
import gofer.runtime.goroutine.G;
import gofer.runtime.goroutine.Goroutines;
import gofer.sync.Mutex;
import gofer.sync.RWMutex;
import gofer.sync.WaitGroup;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PanicReportTest {

    private final G g = Goroutines.start("worker", () -> {});

    @Test
    void showsTheExceptionTheGoroutineAndItsCreator() {
        var thrown = new IllegalStateException("no", new RuntimeException("the reason"));
        thrown.addSuppressed(new RuntimeException("on the way out"));
        assertThat(PanicReport.of(g, thrown, Traceback.SINGLE))
                .startsWith(String.format("panic: java.lang.IllegalStateException: no%n%n"))
                .contains(g + " [running]:")
                .contains("\tat gofer.runtime.program.PanicReportTest.showsTheExceptionTheGoroutineAndItsCreator")
                .contains("Suppressed: java.lang.RuntimeException: on the way out")
                .contains("Caused by: java.lang.RuntimeException: the reason")
                .contains("created by a thread at gofer.runtime.program.PanicReportTest.");
        assertThat(PanicReport.of(g, new FatalError("all is lost"), Traceback.SINGLE))
                .startsWith("fatal error: all is lost");
    }

    /// All goroutines have a creator, except the main one.
    @Test
    void mainGoroutineHasNoCreator() {
        var main = new G(G.MAIN, "main", () -> {}, () -> {}, g.origin());
        assertThat(PanicReport.of(main, new IllegalStateException("no"), Traceback.SINGLE))
                .contains("goroutine 1 \"main\" [running]:")
                .doesNotContain("created by");
        assertThat(PanicReport.of(main, new WithoutMessage(), Traceback.SINGLE)).doesNotContain("created by");
        assertThat(PanicReport.of(g, new WithoutMessage(), Traceback.SINGLE)).contains("created by");
    }

    /// The values of Go's `GOTRACEBACK`.
    @Test
    void showsTheRequestedDetail() {
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

    /// The first frame belongs to the program, in whatever method of Gofer the exception was thrown.
    @Test
    @SuppressWarnings({"CheckReturnValue", "NullAway"}) // the misuse is intended
    void hidesLibraryFramesAboveTheProgram() {
        List<Runnable> failures =
                List.of(
                        () -> Chan.make(Integer.MAX_VALUE - 1), // MAX_VALUE is unbounded
                        () -> Chan.<Integer>make().send(null),
                        () -> closed().send(1),
                        () -> closed().close(),
                        () -> new Mutex().unlock(),
                        () -> new RWMutex().unlock(),
                        () -> new RWMutex().rUnlock(),
                        () -> new WaitGroup().done(),
                        () -> new Weighted(1).release(1),
                        () -> Go.go(null),
                        () -> Go.select(closed().sending(1)));
        for (Runnable failing : failures) {
            Throwable thrown = catchThrowable(failing::run);
            var wrapper = new IllegalStateException(thrown);
            wrapper.addSuppressed(thrown);
            for (Throwable reported : List.of(thrown, wrapper)) {
                assertThat(PanicReport.of(g, reported, Traceback.SINGLE))
                        .containsPattern("running]:\\R\tat gofer.runtime.program.PanicReportTest")
                        .doesNotContainPattern("\tat gofer\\.(?!runtime.program.PanicReportTest)")
                        .doesNotContain("requireNonNull");
            }
        }
    }

    private static Chan<Integer> closed() {
        Chan<Integer> chan = Chan.make();
        chan.close();
        return chan;
    }

    @Test
    void omitsTheMiddleOfADeepStack() {
        var thrown = new StackOverflowError();
        StackTraceElement[] deep = new StackTraceElement[1024];
        Arrays.setAll(deep, i -> new StackTraceElement("Deep", "dig" + i, "Deep.java", 1));
        thrown.setStackTrace(deep);
        for (Throwable reported : List.of(thrown, new IllegalStateException(thrown))) {
            assertThat(PanicReport.of(g, reported, Traceback.SINGLE))
                    .containsPattern("dig49.*\\R\t... 924 frames elided ...\\R\tat Deep.dig974");
        }
    }

    /// Gofer itself had a bug, or a goroutine could not begin.
    @Test
    void showsAStackOfOnlyLibraryFramesUnlessTheJvmFailed() {
        var thrown = new IllegalStateException();
        var full = new OutOfMemoryError();
        StackTraceElement[] frames = {new StackTraceElement("gofer.runtime.sched.Carrier", "run", "Carrier.java", 1)};
        thrown.setStackTrace(frames);
        full.setStackTrace(frames);
        assertThat(PanicReport.of(g, thrown, Traceback.SINGLE)).contains("at gofer.runtime.sched.Carrier");
        assertThat(PanicReport.of(g, full, Traceback.SINGLE)).doesNotContain("gofer.runtime.sched.Carrier");
    }

    /// The JDK allows such a cycle, and prints it.
    @Test
    void handlesCyclicCauses() {
        var first = new RuntimeException("first");
        first.initCause(new RuntimeException("second", first));
        assertThat(PanicReport.of(g, first, Traceback.SINGLE)).contains("second").contains("CIRCULAR REFERENCE");
    }

    @Test
    void handlesAnExceptionWhoseToStringFails() {
        assertThat(PanicReport.of(g, new WithoutMessage(), Traceback.SINGLE))
                .startsWith("panic: " + WithoutMessage.class.getName() + " (no details: ")
                .contains(UnsupportedOperationException.class.getName())
                .contains(g + " [running]:");
    }

    private static final class WithoutMessage extends RuntimeException {

        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new UnsupportedOperationException();
        }
    }
}
