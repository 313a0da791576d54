package gofer.conformance.goroutine;

import static gofer.Go.afterFunc;
import static gofer.Go.block;
import static gofer.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.conformance.ChildProgram;
import gofer.conformance.Pins;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.sync.Mutex;
import gofer.sync.WaitGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tests exceptions that escape a goroutine.
class PanicTest {

    static final class InAGoroutine {
        static void main(String[] args) {
            Go.main(() -> {
                Goroutine waits =
                        go(() -> {
                            try {
                                throw block();
                            } finally {
                                IO.println("the finally of another");
                            }
                        });
                Eventually.blocked(waits, WaitReason.SELECT_NO_CASES);
                try {
                    go("worker", InAGoroutine::fail);
                    throw block();
                } catch (Throwable foreign) { // nothing else can catch it
                    IO.println("caught by main");
                }
            });
        }

        private static void fail() {
            try {
                throw new IllegalStateException("boom");
            } finally {
                IO.println("the finally of its own");
            }
        }
    }

    /// One way to fail, selected by the property `way`.
    static final class Ways {
        static void main(String[] args) {
            String way = System.getProperty("way", "");
            Go.main(() -> {
                switch (way) {
                    case "checked" -> throw new IOException("disk");
                    case "error" -> throw new AssertionError("cannot be");
                    case "fatal" -> new Mutex().unlock();
                    case "timer" -> afterFunc(Duration.ofMillis(1), () -> fail("too late"));
                    case "group" -> {
                        var wg = new WaitGroup();
                        wg.go(() -> fail("of the group"));
                        wg.await();
                        IO.println("waited for");
                    }
                    default -> throw new IllegalArgumentException(way);
                }
                throw block();
            });
        }

        private static void fail(String message) {
            throw new IllegalStateException(message);
        }
    }

    /// Outside of `Go.main`, the rule of the JVM applies: the exception is reported, and the program continues.
    static final class AsALibrary {
        static void main(String[] args) {
            Goroutine unnamed =
                    go(() -> {
                        throw new IllegalStateException("first");
                    });
            Eventually.ended(unnamed);
            Goroutine named =
                    go(
                            "named",
                            () -> {
                                throw new IllegalStateException("second");
                            });
            Eventually.ended(named);
            Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> IO.println(thread.getName() + ": " + thrown));
            Eventually.ended(
                    go(
                            "handled",
                            () -> {
                                throw new IllegalStateException("third");
                            }));
            IO.println("the program continues");
        }
    }

    /// `rt/crash_test.go: TestPanicTraceback`.
    @Test
    @Pins({"GO-04", "GO-03"})
    void isReportedAndEndsTheProgram() {
        ChildProgram program = ChildProgram.run(InAGoroutine.class);
        assertThat(program.out()).isEqualToIgnoringNewLines("the finally of its own\n");
        String self = InAGoroutine.class.getName().replace("$", "\\$");
        assertThat(program.err())
                .matches(
                        "panic: java.lang.IllegalStateException: boom\\R"
                                + "\\R"
                                + "goroutine 3 \"worker\" \\[running]:\\R"
                                + "\tat "
                                + self
                                + ".fail\\(PanicTest.java:\\d+\\)\\R"
                                + "created by goroutine 1 at "
                                + self
                                + ".lambda\\$main\\$\\d\\(PanicTest.java:\\d+\\)\\R");
        assertThat(program.status()).isEqualTo(2);
    }

    /// The main goroutine has no starter, so its report does not name one.
    @ParameterizedTest
    @CsvSource({
        "checked, panic: java.io.IOException: disk, goroutine 1 \"main\"",
        "error,   panic: java.lang.AssertionError: cannot be, goroutine 1 \"main\"",
        "fatal,   fatal error: sync: unlock of unlocked mutex, goroutine 1 \"main\"",
    })
    @Pins("GO-04")
    void everyThrowableIsReported(String way, String headline, String goroutine) {
        ChildProgram program = ChildProgram.run(Ways.class, "-Dway=" + way);
        assertThat(program.err()).startsWith(headline).contains(goroutine + " [running]:").doesNotContain("created by");
        assertThat(program.status()).isEqualTo(2);
    }

    /// A timer function, and a goroutine of a wait group, whose wait does not return: `src/sync: TestIssue76126`.
    @ParameterizedTest
    @CsvSource({
        "timer, panic: java.lang.IllegalStateException: too late",
        "group, panic: java.lang.IllegalStateException: of the group",
    })
    @Pins("GO-04")
    void everyGoroutineIsReported(String way, String headline) {
        ChildProgram program = ChildProgram.run(Ways.class, "-Dway=" + way);
        assertThat(program.out()).isEmpty();
        assertThat(program.err()).startsWith(headline).contains("created by goroutine 1 at " + Ways.class.getName());
        assertThat(program.status()).isEqualTo(2);
    }

    /// `TestTracebackAll` and similar tests.
    @ParameterizedTest
    @CsvSource({"none, 0, 0", "single, 1, 0", "'', 1, 0", "all, 1, 1", "system, 1, 1"})
    @Pins("GO-19")
    void environmentVariableSetsTheDetail(String setting, int ownStack, int others) {
        ChildProgram program = ChildProgram.run(Map.of("GOTRACEBACK", setting), InAGoroutine.class);
        assertThat(program.err()).startsWith("panic: java.lang.IllegalStateException: boom\n");
        assertThat(program.err().split("\"worker\" \\[running]", -1)).hasSize(ownStack + 1);
        assertThat(program.err().split("goroutine 2 \\[select \\(no cases\\)", -1)).hasSize(others + 1);
        assertThat(program.err().split("goroutine 1 \"main\" \\[select \\(no cases\\)|\"main\" \\[runnable", -1))
                .hasSize(others + 1);
        assertThat(program.status()).isEqualTo(2);
    }

    static final class Crowd {
        static void main(String[] args) {
            Go.main(() -> {
                for (int i = 0; i < 10_000; i++) {
                    go(() -> {
                        throw new IllegalStateException("boom");
                    });
                }
                throw block();
            });
        }
    }

    @Test
    @Pins("GO-04")
    void onlyTheFirstOfManyIsReported() {
        ChildProgram program = ChildProgram.run(Crowd.class);
        assertThat(program.err()).containsOnlyOnce("panic: java.lang.IllegalStateException: boom");
        assertThat(program.status()).isEqualTo(2);
    }

    static final class Chain {
        static void main(String[] args) {
            Go.main(() -> {
                go(Chain::first);
                throw block();
            });
        }

        private static void first() {
            go(Chain::second);
        }

        private static void second() {
            go(() -> {
                throw new IllegalStateException("at the end of the chain");
            });
        }
    }

    @Test
    @Pins("GO-18")
    void startersAreShownUpToTheFirst() {
        assertThat(ChildProgram.run(Chain.class).err().lines().filter(line -> line.contains("created by")))
                .zipSatisfy(
                        List.of(
                                "created by goroutine 3 at .*Chain.second\\(.*",
                                "goroutine 3 was created by goroutine 2 at .*Chain.first\\(.*",
                                "goroutine 2 was created by goroutine 1 at .*Chain\\..*"),
                        (line, pattern) -> assertThat(line).matches(pattern));
    }

    @Test
    void outsideOfGoMainTheJvmHandlesIt() {
        ChildProgram program = ChildProgram.run(AsALibrary.class);
        assertThat(program.out())
                .isEqualToIgnoringNewLines("handled: java.lang.IllegalStateException: third\nthe program continues\n");
        assertThat(program.err())
                .containsSubsequence(
                        "Exception in thread \"goroutine 2\" java.lang.IllegalStateException: first",
                        "Exception in thread \"named\" java.lang.IllegalStateException: second")
                .doesNotContain("third");
        assertThat(program.status()).isZero();
    }
}
