package gofer.conformance.goroutine;

import static gofer.Go.block;
import static gofer.Go.go;
import static gofer.Go.gosched;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.conformance.ChildProgram;
import gofer.conformance.Pins;
import gofer.context.Context;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.sync.WaitGroup;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Tests the end of a program without an exception.
class MainTest {

    private static volatile boolean flag;

    static final class OthersAreDropped {
        static void main(String[] args) {
            Go.main(() -> {
                Goroutine waits =
                        go(() -> {
                            try {
                                throw block();
                            } finally {
                                IO.println("the finally of one that waits");
                            }
                        });
                Eventually.blocked(waits, WaitReason.SELECT_NO_CASES);
                go(() -> {
                    flag = true;
                    try {
                        compute();
                    } finally {
                        IO.println("the finally of one that computes");
                    }
                });
                while (!flag) {
                    Thread.onSpinWait();
                }
                IO.println("end of main");
            });
        }
    }

    /// The computing goroutine gets the only processor as soon as the main goroutine releases it.
    static final class OthersHoldTheProcessor {
        static void main(String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> IO.println("hook")));
            Go.main(() -> {
                var _ = go(MainTest::compute);
                IO.println("end of main");
            });
        }
    }

    static final class ReportIsFinished {
        static void main(String[] args) {
            Go.main(() -> {
                Thread main = Thread.currentThread();
                go(() -> {
                    throw new Slow(main);
                });
                while (!flag) {
                    gosched();
                }
            });
        }
    }

    /// An exception whose toString makes the main goroutine return, and waits until it has.
    private static final class Slow extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final transient Thread main;

        Slow(Thread main) {
            this.main = main;
        }

        @Override
        public String getMessage() {
            flag = true;
            Eventually.that("main waits", () -> main.getState() == Thread.State.WAITING);
            return "slow";
        }
    }

    static final class Again {
        static void main(String[] args) {
            Go.main(() -> Go.main(() -> IO.println("another main")));
        }
    }

    static final class Terminated {
        static void main(String[] args) {
            Go.main(() -> {
                var ctx = Context.background().withCancel();
                var workers = new WaitGroup();
                Runtime.getRuntime()
                        .addShutdownHook(
                                new Thread(() -> {
                                    ctx.cancel();
                                    workers.await();
                                    IO.println("all is tidy");
                                }));
                workers.go(() -> {
                    ctx.done().recvOk();
                    IO.println("worker tidies up");
                });
                workers.go(() -> {
                    ctx.done().recvOk();
                    throw new IllegalStateException("too late");
                });
                kill();
                throw block();
            });
        }

        private static void kill() throws IOException {
            new ProcessBuilder("sh", "-c", "kill -TERM " + ProcessHandle.current().pid()).start();
        }
    }

    /// Their finally blocks do not run, because nothing is unwound.
    @Test
    @Pins("GO-03")
    void otherGoroutinesAreDropped() {
        ChildProgram program = ChildProgram.run(OthersAreDropped.class, "-Djdk.virtualThreadScheduler.parallelism=2");
        assertThat(program).isEqualTo(new ChildProgram(0, "end of main" + System.lineSeparator(), ""));
    }

    @Test
    @Pins("GO-03")
    void computingGoroutineDoesNotDelayTheEnd() {
        ChildProgram program = ChildProgram.run(OthersHoldTheProcessor.class, ChildProgram.ONE_PROCESSOR);
        assertThat(program.out()).isEqualToIgnoringNewLines("end of main\nhook\n");
        assertThat(program.status()).isZero();
    }

    /// `rt/crash_test.go: TestPanicRace`.
    @Test
    @Pins("GO-03")
    void startedReportIsFinished() {
        ChildProgram program = ChildProgram.run(ReportIsFinished.class);
        assertThat(program.err()).startsWith("panic: ").contains("slow").contains("created by goroutine 1 at ");
        assertThat(program.status()).isEqualTo(2);
    }

    @Test
    void onlyOneMainGoroutineIsAllowed() {
        ChildProgram program = ChildProgram.run(Again.class);
        assertThat(program.out()).isEmpty();
        assertThat(program.err()).startsWith("panic: java.lang.IllegalStateException: Go.main is already running");
        assertThat(program.status()).isEqualTo(2);
    }

    /// Ctrl-C and similar signals are handled by the JVM. While its shutdown hooks run, goroutines continue. A late exception
    /// is reported, and a hook that waits for the goroutine proceeds.
    @Test
    void signalRunsTheShutdownHooks() {
        ChildProgram program = ChildProgram.run(Terminated.class);
        assertThat(program.out()).isEqualToIgnoringNewLines("worker tidies up\nall is tidy\n");
        assertThat(program.err()).startsWith("panic: java.lang.IllegalStateException: too late");
        assertThat(program.status()).isEqualTo(128 + 15);
    }

    @SuppressWarnings("InfiniteLoop")
    private static void compute() {
        for (long i = 0; ; i++) {
            flag |= i < 0;
        }
    }
}
