package gofer.conformance.deadlock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Chan;
import gofer.conformance.ChildProgram;
import gofer.conformance.Pins;
import gofer.fixture.Eventually;
import gofer.runtime.lock.Internals;
import gofer.sync.Mutex;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests what can still wake a program when all goroutines are asleep.
class WatchTest {

    private static final String SIGNAL = "a shutdown hook or a signal handler";

    private static final String VIRTUAL = "a virtual thread that is not a goroutine";

    /// On JDK 25, listing the virtual threads of the JDK's scheduler can crash the JVM. So the watch counts an unknown virtual
    /// thread as possible, and warns late.
    private static final boolean VIRTUAL_IS_KNOWN = Runtime.version().feature() > 25;

    private static final List<String> CHANCES = VIRTUAL_IS_KNOWN ? List.of(SIGNAL) : List.of(SIGNAL, VIRTUAL);

    @ParameterizedTest
    @Pins({"DL-02", "DL-03", "DL-04"})
    @MethodSource("mayWake")
    void activeSourceHidesADeadlock(MayWake source, String scheduler) {
        ChildProgram end = run(source, scheduler);
        assertThat(end.out()).as("%s", end).isIn("chances: null\n", "woken\n", "chances: null\nwoken\n");
        assertThat(end.err()).isEmpty();
        assertThat(end.status()).isZero();
    }

    /// On Gofer's scheduler the program ends. On the JDK's scheduler the watch cannot exclude shutdown hooks.
    @ParameterizedTest
    @MethodSource("idle")
    void idleSourceHidesNoDeadlock(Idle source, String scheduler) {
        ChildProgram end = run(source, scheduler);
        if (scheduler.equals(ChildProgram.OWN_SCHEDULER)) {
            assertThat(end.out() + end.status()).as("%s", end).isIn("2", "chances: []\n0", "chances: []\n2");
            assertThat(end.err()).as("%s", end).matches("(?s)|fatal error: all goroutines are asleep - deadlock!.*");
        } else {
            assertThat(end.out()).as("%s", end).isEqualTo("chances: " + CHANCES + "\n");
            assertThat(end.status()).isZero();
        }
    }

    /// The user ends the program, and the hook runs in time.
    @ParameterizedTest
    @MethodSource("schedulers")
    void shutdownHookCanWakeAGoroutine(String scheduler) {
        ChildProgram end = run(MayWake.SHUTDOWN, scheduler);
        boolean late = !VIRTUAL_IS_KNOWN && scheduler.equals(ChildProgram.JDK_SCHEDULER);
        assertThat(end.out()).as("%s", end).isEqualTo("chances: " + (late ? null : "[" + SIGNAL + "]") + "\nwoken\n");
        assertThat(end.status()).isZero();
    }

    /// There may be live threads that the JVM does not list.
    @ParameterizedTest
    @Pins("DL-04")
    @MethodSource("schedulers")
    void unlistedThreadCanWakeAGoroutine(String scheduler) {
        ChildProgram end = run(Idle.NOTHING, scheduler, "-Djdk.trackAllThreads=false");
        assertThat(end.out()).as("%s", end).contains("a virtual thread that is not a goroutine");
    }

    /// Finalizers are disabled in the JVM.
    @ParameterizedTest
    @MethodSource("schedulers")
    void finalizerCanWakeAGoroutine(String scheduler) {
        ChildProgram end = run(Idle.NOTHING, scheduler, "-XX:+DisableExplicitGC");
        assertThat(end.out()).as("%s", end).contains("a finalizer or a cleaner");
    }

    /// Ends after the warning, as if a user had ended it.
    static final class Warned {
        static void main(String[] args) {
            var err = new ByteArrayOutputStream();
            System.setErr(new PrintStream(err, true, UTF_8));
            Internals.startQuietThread(() -> {
                Eventually.that("there is a warning", () -> err.toString(UTF_8).contains("\tat "));
                IO.print(err.toString(UTF_8));
                System.exit(0);
            });
            if (args.length > 0) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {}));
            }
            Go.main(() -> Chan.<Integer>make().recv());
        }
    }

    @Test
    void jdkSchedulerWarns() {
        assertThat(ChildProgram.run(Warned.class, ChildProgram.JDK_SCHEDULER).out())
                .startsWith(
                        "warning: all goroutines are asleep - deadlock, unless "
                                + String.join(", or ", CHANCES)
                                + " wakes one!\n(Only Gofer's scheduler ")
                .contains(ChildProgram.OWN_SCHEDULER, "\ngoroutine 1 \"main\" [chan receive");
    }

    @Test
    void shutdownHookCausesAWarning() {
        List<String> arguments =
                List.of(
                        ChildProgram.OWN_SCHEDULER,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Warned.class.getName(),
                        "hook");
        assertThat(ChildProgram.run("warned", arguments).out())
                .startsWith(
                        "warning: all goroutines are asleep - deadlock, unless "
                                + SIGNAL
                                + " wakes one!\n\ngoroutine 1 \"main\" [chan receive");
    }

    @Test
    @Pins("DL-06")
    void panicBeingReportedIsNotADeadlock() {
        ChildProgram end = ChildProgram.run(SlowPanic.class, ChildProgram.OWN_SCHEDULER);
        assertThat(end.status()).isEqualTo(2);
        assertThat(end.err()).startsWith("panic: ").contains("deadlock: false").doesNotContain("fatal error");
    }

    /// One goroutine locks twice. The main goroutine runs until that is reported.
    @SuppressWarnings({"LockGuardsNothing", "LockLeak", "LockTwice"})
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
                Eventually.that("the deadlock is reported", () -> err.toString(UTF_8).contains("created by"));
                IO.println(err.toString(UTF_8));
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ChildProgram.JDK_SCHEDULER, ChildProgram.OWN_SCHEDULER})
    void partialDeadlockIsReportedWhileTheRestRuns(String scheduler) {
        ChildProgram program = ChildProgram.run(SomeAreStuck.class, scheduler);
        assertThat(program.out())
                .startsWith(
                        "warning: goroutines wait for each other's locks forever - deadlock!\n\n"
                                + "goroutine 2 \"twice\" [")
                .contains(", blocked by goroutine 2 \"twice\"");
        assertThat(program.status()).isZero();
    }

    static Stream<String> schedulers() {
        return Stream.of(ChildProgram.JDK_SCHEDULER, ChildProgram.OWN_SCHEDULER);
    }

    static Stream<Arguments> mayWake() {
        return onBoth(Stream.of(MayWake.values()).filter(source -> source != MayWake.SHUTDOWN));
    }

    /// On the JDK's scheduler, the watch cannot find out whether an HTTP client has work, so the warning comes late. On JDK 25
    /// the same is true of all sources, so one of them is enough.
    static Stream<Arguments> idle() {
        return onBoth(Stream.of(Idle.values()))
                .filter(args ->
                        ChildProgram.OWN_SCHEDULER.equals(args.get()[1])
                                || (VIRTUAL_IS_KNOWN
                                        ? args.get()[0] != Idle.HTTP_CLIENT
                                        : args.get()[0] == Idle.NOTHING));
    }

    private static Stream<Arguments> onBoth(Stream<? extends Source> sources) {
        return sources.flatMap(source -> schedulers().map(scheduler -> Arguments.of(source, scheduler)));
    }

    private static <S extends Enum<S> & Source> ChildProgram run(S source, String... options) {
        return ChildProgram.run(
                source.toString(),
                Stream.of(
                                List.of(options),
                                List.of("-cp", System.getProperty("java.class.path"), Asleep.class.getName()),
                                List.of(source.getDeclaringClass().getSimpleName(), source.name()))
                        .flatMap(List::stream)
                        .toList());
    }
}
