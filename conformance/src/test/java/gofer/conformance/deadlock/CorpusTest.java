package gofer.conformance.deadlock;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.cli.Main;
import gofer.conformance.ChildProgram;
import gofer.conformance.Pins;
import gofer.testing.Explore;
import gofer.vet.Vet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Gofer finds the fault of each program in `corpus/deadlock`, `corpus/partial` and `corpus/leak`. It reports nothing for the
/// programs in `corpus/fine`. Most of those are corrected variants.
class CorpusTest {

    private static final Path CORPUS = Path.of("corpus");

    @ParameterizedTest
    @Pins({"DL-01", "DL-05"})
    @MethodSource("deadlocks")
    void programEndsIfAllGoroutinesAreAsleep(Path program) {
        ChildProgram end = run(program);
        assertThat(end.status()).as("%s", end).isEqualTo(2);
        assertThat(end.err())
                .startsWith("fatal error: all goroutines are asleep - deadlock!\n\ngoroutine ")
                .contains("\tat " + program.getFileName().toString().replace(".java", "."));
    }

    /// The rest of the program keeps running.
    @ParameterizedTest
    @MethodSource("partial")
    void lockCycleIsReported(Path program) {
        ChildProgram end = run(program);
        assertThat(end.out()).as("%s", end).isEqualTo("the rest runs on\n");
        assertThat(end.err())
                .containsPattern("goroutines wait for each other's locks forever - deadlock!\n\n(\\d+ )?goroutine")
                .contains(", blocked by goroutine ")
                .contains("\tat " + program.getFileName().toString().replace(".java", "."));
        assertThat(end.status()).isZero();
    }

    /// On a slow machine, the watch may report a cycle of locks before the test of the program finds the leak.
    @ParameterizedTest
    @Pins("LK-07")
    @MethodSource("leaks")
    void leakedGoroutineIsFound(Path program) {
        ChildProgram end = run(program);
        assertThat(end.status()).as("%s", end).isEqualTo(2);
        assertThat(end.out()).isEmpty();
        assertThat(end.err())
                .contains("panic: java.lang.AssertionError: leaked:\n\n")
                .contains("\tat " + program.getFileName().toString().replace(".java", "."));
    }

    @ParameterizedTest
    @Pins({"DL-02", "DL-03", "LK-04"})
    @MethodSource("fine")
    void programThatCouldStillWakeIsNotReported(Path program) {
        assertThat(run(program)).isEqualTo(new ChildProgram(0, "ok\n", ""));
    }

    /// Runs a program, and leaves out the warnings of `gofer vet`.
    private static ChildProgram run(Path program) {
        ChildProgram end = launch(program);
        return new ChildProgram(
                end.status(), end.out(), end.err().replaceAll("(?m)^\\S+:\\d+:\\d+: warning: .*\n", ""));
    }

    private static ChildProgram launch(Path program) {
        return ChildProgram.run(
                program.toString(),
                List.of(
                        "--add-opens=java.base/java.lang=gofer",
                        "-p",
                        String.join(":", home(Go.class), home(Explore.class), home(Vet.class), home(Main.class)),
                        "--add-modules",
                        "ALL-DEFAULT",
                        "-m",
                        "gofer.cli/gofer.cli.Main",
                        "run",
                        program.toString()));
    }

    private static String home(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
    }

    static List<Path> deadlocks() throws IOException {
        return programs("deadlock");
    }

    static List<Path> partial() throws IOException {
        return programs("partial");
    }

    static List<Path> leaks() throws IOException {
        return programs("leak");
    }

    static List<Path> fine() throws IOException {
        return programs("fine");
    }

    private static List<Path> programs(String verdict) throws IOException {
        try (Stream<Path> files = Files.list(CORPUS.resolve(verdict))) {
            return files.sorted().toList();
        }
    }
}
