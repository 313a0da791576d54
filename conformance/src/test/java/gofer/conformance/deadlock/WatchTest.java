package gofer.conformance.deadlock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.conformance.ChildProgram;
import gofer.conformance.Pins;
import gofer.fixture.Eventually;
import gofer.sync.Mutex;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/// What may still wake a program all of whose goroutines are asleep.
class WatchTest {

    @ParameterizedTest
    @Pins({"DL-02", "DL-03", "DL-04"})
    @EnumSource(mode = Mode.EXCLUDE, names = "NOWHERE")
    void whatMayWakeAGoroutineHidesADeadlock(Asleep.Source source) {
        String woken = source == Asleep.Source.SHUTDOWN ? "woken\n" : "";
        assertThat(run(source)).isEqualTo(new ChildProgram(0, "deadlock: false\n" + woken, ""));
    }

    /// Threads may live of which the JVM does not tell.
    @Test
    @Pins("DL-04")
    void soDoThreadsThatNobodyKnowsOf() {
        assertThat(run(Asleep.Source.NOWHERE, "-Djdk.trackAllThreads=false"))
                .isEqualTo(new ChildProgram(0, "deadlock: false\n", ""));
    }

    @Test
    @Pins("DL-06")
    void aPanicThatIsBeingReportedIsNoDeadlock() {
        ChildProgram end = ChildProgram.run(SlowPanic.class, ChildProgram.OWN_SCHEDULER);
        assertThat(end.status()).isEqualTo(2);
        assertThat(end.err()).startsWith("panic: ").contains("deadlock: false").doesNotContain("fatal error");
    }

    /// One goroutine locks twice; the main one goes on until that has been reported.
    static final class SomeAreStuck {
        static void main(String[] args) {
            var err = new ByteArrayOutputStream();
            System.setErr(new PrintStream(err, true, UTF_8));
            Go.main(() -> {
                Go.go(
                        "twice",
                        () -> {
                            var mutex = new Mutex();
                            mutex.lock();
                            mutex.lock();
                        });
                Eventually.that("it is reported", () -> err.toString(UTF_8).contains("created by"));
                IO.println(err.toString(UTF_8));
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ChildProgram.JDK_SCHEDULER, ChildProgram.OWN_SCHEDULER})
    void goroutinesThatWaitForEachOtherAreReportedWhileTheRestGoesOn(String scheduler) {
        ChildProgram program = ChildProgram.run(SomeAreStuck.class, scheduler);
        assertThat(program.out())
                .startsWith(
                        "warning: goroutines wait for each other's locks for ever - deadlock!\n\n"
                                + "goroutine 2 \"twice\" [")
                .contains(", blocked by goroutine 2 \"twice\"");
        assertThat(program.status()).isZero();
    }

    private static ChildProgram run(Asleep.Source source, String... options) {
        return ChildProgram.run(
                source.toString(),
                Stream.of(
                                List.of(options),
                                List.of(ChildProgram.OWN_SCHEDULER, "-cp", System.getProperty("java.class.path")),
                                List.of(Asleep.class.getName(), source.name()))
                        .flatMap(List::stream)
                        .toList());
    }
}
