package gofer.conformance.goroutine;

import static gofer.Go.go;
import static gofer.Go.goexit;
import static gofer.Go.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.conformance.ChildProgram;
import gofer.conformance.Pins;
import gofer.fixture.Crew;
import gofer.goroutine.Goexit;
import gofer.sync.Mutex;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests goroutines that end early with goexit, including the main goroutine.
class GoexitTest {

    private static final String NOBODY_LEFT = "fatal error: no goroutines (main called runtime.Goexit) - deadlock!";

    private final List<String> trace = new ArrayList<>();

    /// Events in the main goroutine after it has called `goexit`, selected by the property `way`.
    static final class Meanwhile {
        static void main(String[] args) {
            String way = System.getProperty("way", "");
            Go.main(() -> {
                if (way.startsWith("other")) {
                    go("other", () -> afterMain(way));
                }
                exit(way);
            });
        }

        private static void afterMain(String way) {
            sleep(Duration.ofMillis(20));
            switch (way) {
                case "other fails" -> throw new IllegalStateException("alone");
                case "other exits" -> System.exit(3);
                default -> throw new IllegalArgumentException(way);
            }
        }

        @SuppressWarnings("finally") // this is what it shows
        private static void exit(String way) {
            try {
                throw goexit();
            } finally {
                switch (way) {
                    case "throws" -> throw new IllegalStateException("on the way out");
                    case "throws and catches" -> {
                        try {
                            throw new IllegalStateException("inside");
                        } catch (IllegalStateException inside) {
                            IO.println("caught " + inside.getMessage());
                        }
                    }
                    default -> {}
                }
            }
        }
    }

    /// Calls `goexit` while an exception is propagating.
    static final class InAPanic {
        static void main(String[] args) {
            Go.main(() -> {
                go(InAPanic::exitInstead);
                throw goexit();
            });
        }

        @SuppressWarnings("finally") // this is what it shows
        private static void exitInstead() {
            try {
                throw new IllegalStateException("forgotten");
            } finally {
                throw goexit();
            }
        }
    }

    static final class OthersGoOn {
        static void main(String[] args) {
            Go.main(() -> {
                go(() -> chain(3));
                try {
                    throw goexit();
                } finally {
                    IO.println("the finally of main");
                }
            });
        }

        private static void chain(int left) {
            sleep(Duration.ofMillis(5));
            IO.println(left);
            if (left > 1) {
                go(() -> chain(left - 1));
            }
        }
    }

    /// `rt/defer_test.go: TestGoexitDefer`.
    @Test
    @Pins("GO-08")
    void runsEveryFinallyBlockFromTheInsideOut() {
        var mutex = new Mutex();
        try (var crew = new Crew()) {
            crew.go(() -> {
                try (var _ = mutex.lock()) {
                    outer();
                } finally {
                    trace.add("body");
                }
            });
        }
        assertThat(trace).containsExactly("inner", "outer", "body");
        assertThat(mutex.tryLock()).isTrue();
    }

    private void outer() {
        try {
            inner();
            trace.add("not reached");
        } finally {
            trace.add("outer");
        }
    }

    private void inner() {
        try {
            throw goexit();
        } finally {
            trace.add("inner");
        }
    }

    /// In Go `recover` returns nil. In Java, goexit is not an Exception, and code that catches every Throwable must rethrow it.
    @Test
    @Pins("GO-08")
    void isNotAnException() {
        try (var crew = new Crew()) {
            crew.go(() -> {
                try {
                    inner();
                } catch (Exception e) {
                    trace.add("caught");
                } finally {
                    trace.add("finally");
                }
                trace.add("not reached");
            });
            crew.join();
            crew.go(() -> {
                try {
                    inner();
                } catch (Throwable all) {
                    assertThat(all).isInstanceOf(Goexit.class);
                    throw all;
                }
                trace.add("not reached");
            });
        }
        assertThat(trace).containsExactly("inner", "finally", "inner");
    }

    @Test
    @Pins("GO-08")
    void endsNoOtherGoroutine() {
        var wg = new WaitGroup();
        int[] ends = new int[100];
        for (int i = 0; i < ends.length; i++) {
            int own = i;
            wg.go(() -> {
                try {
                    if (own % 2 == 0) {
                        throw goexit();
                    }
                    ends[own] += 10;
                } finally {
                    ends[own] += 1;
                }
            });
        }
        wg.await(); // that goroutine calls done too
        for (int i = 0; i < ends.length; i++) {
            assertThat(ends[i]).isEqualTo(i % 2 == 0 ? 1 : 11);
        }
    }

    /// `TestPanicAfterGoexit`, `TestRecoveredPanicAfterGoexit`.
    @ParameterizedTest
    @CsvSource({
        "throws, '', panic: java.lang.IllegalStateException: on the way out",
        "throws and catches, caught inside, " + NOBODY_LEFT,
    })
    @Pins({"GO-08", "GO-09"})
    void escapingExceptionReplacesIt(String way, String out, String headline) {
        ChildProgram program = ChildProgram.run(Meanwhile.class, "-Dway=" + way);
        assertThat(program.out().strip()).isEqualTo(out);
        assertThat(program.err()).startsWith(headline);
        assertThat(program.status()).isEqualTo(2);
    }

    /// `TestGoexitInPanic`: only the end of the last goroutine is reported.
    @Test
    @Pins("GO-08")
    void replacesAPropagatingException() {
        ChildProgram program = ChildProgram.run(InAPanic.class);
        assertThat(program.err()).isEqualToIgnoringNewLines(NOBODY_LEFT);
        assertThat(program.status()).isEqualTo(2);
    }

    /// `TestGoexitDeadlock`.
    @ParameterizedTest
    @ValueSource(strings = {ChildProgram.JDK_SCHEDULER, ChildProgram.OWN_SCHEDULER})
    @Pins("GO-09")
    void othersContinueAfterTheMainGoroutine(String scheduler) {
        ChildProgram program = ChildProgram.run(OthersGoOn.class, scheduler);
        assertThat(program.out()).isEqualToIgnoringNewLines("the finally of main\n3\n2\n1\n");
        assertThat(program.err()).isEqualToIgnoringNewLines(NOBODY_LEFT);
        assertThat(program.status()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "other fails, 2, panic: java.lang.IllegalStateException: alone",
        "other exits, 3, ''",
    })
    @Pins("GO-09")
    void othersCanEndTheProgram(String way, int status, String headline) {
        ChildProgram program = ChildProgram.run(Meanwhile.class, "-Dway=" + way);
        assertThat(program.err()).startsWith(headline).doesNotContain("no goroutines");
        assertThat(program.status()).isEqualTo(status);
    }

    /// The main goroutine ends. Another thread, platform or virtual, continues and starts a goroutine.
    static final class ThreadsWork {
        static void main(String[] args) {
            Go.main(() -> {
                Thread.Builder builder = args[0].equals("virtual") ? Thread.ofVirtual() : Thread.ofPlatform();
                builder.start(() -> {
                    for (int i = 0; i < 20; i++) {
                        LockSupport.parkNanos(
                                50_000_000); // much longer than it takes to find that no other thread is active
                    }
                    go(() -> IO.println("worked"));
                });
                throw goexit();
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"platform,jdk", "virtual,jdk", "platform,gofer", "virtual,gofer"})
    void otherThreadsContinueAfterTheMainGoroutine(String kind, String scheduler) {
        ChildProgram program =
                ChildProgram.run(
                        kind,
                        List.of(
                                scheduler.equals("jdk") ? ChildProgram.JDK_SCHEDULER : ChildProgram.OWN_SCHEDULER,
                                "-cp",
                                System.getProperty("java.class.path"),
                                ThreadsWork.class.getName(),
                                kind));
        assertThat(program.out()).as("%s", program).isEqualTo("worked\n");
        assertThat(program.err()).startsWith(NOBODY_LEFT);
        assertThat(program.status()).isEqualTo(2);
    }
}
