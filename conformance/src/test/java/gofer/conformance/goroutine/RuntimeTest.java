package gofer.conformance.goroutine;

import static gofer.Go.after;
import static gofer.Go.afterFunc;
import static gofer.Go.go;
import static gofer.Go.gomaxprocs;
import static gofer.Go.gosched;
import static gofer.Go.numCpu;
import static gofer.Go.numGoroutine;
import static gofer.Go.stacks;
import static gofer.Go.tick;
import static gofer.conformance.ChildProgram.JDK_SCHEDULER;
import static gofer.conformance.ChildProgram.OWN_SCHEDULER;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Chan;
import gofer.conformance.ChildProgram;
import gofer.conformance.Pins;
import gofer.context.Context;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests the functions of `runtime` that return numbers. Each test has its own JVM, because they concern the whole process.
class RuntimeTest {

    private static final Duration HOUR = Duration.ofHours(1);

    static final class Numbers {
        static void main(String[] args) {
            IO.println("processors " + numCpu() + " " + gomaxprocs(0) + " " + gomaxprocs(-1));
            IO.println("was " + gomaxprocs(2) + ", was " + gomaxprocs(1) + ", is " + gomaxprocs(Integer.MIN_VALUE));
            IO.println("still processors " + numCpu());
        }
    }

    /// `rt/proc_test.go: TestStopTheWorldDeadlock`, sometimes with many more processors, like `TestBigGOMAXPROCS`.
    static final class Changes {
        static void main(String[] args) {
            Go.main(() -> {
                var wg = new WaitGroup();
                AtomicInteger turns = new AtomicInteger();
                for (int n = 1; n <= 3; n++) {
                    int procs = n;
                    wg.go(() -> {
                        for (int i = 0; i < 300; i++) {
                            gomaxprocs(i % 100 == 0 ? 1024 : procs);
                            turns.incrementAndGet();
                            gosched();
                        }
                    });
                    wg.go(() -> {
                        Chan<Integer> c = Chan.make();
                        go(() -> {
                            for (int i = 0; i < 300; i++) {
                                c.send(i);
                            }
                            c.close();
                        });
                        for (int _ : c) {
                            turns.incrementAndGet();
                        }
                    });
                    wg.go(() -> {
                        for (int i = 0; i < 5; i++) {
                            System.gc();
                            turns.incrementAndGet();
                        }
                    });
                }
                wg.await();
                IO.println(turns + " turns");
            });
        }
    }

    /// Each goroutine counts itself while it computes. On one processor, no other goroutine computes at the same time.
    static final class NeverParallel {
        private static final int GOROUTINES = 8;

        static void main(String[] args) {
            Go.main(() -> {
                gomaxprocs(1);
                var wg = new WaitGroup();
                AtomicInteger running = new AtomicInteger();
                AtomicInteger most = new AtomicInteger();
                for (int i = 0; i < GOROUTINES; i++) {
                    wg.go(() -> {
                        for (int j = 0; j < 2000; j++) {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            for (int k = 0; k < 1000; k++) {
                                Thread.onSpinWait();
                            }
                            running.decrementAndGet();
                            gosched();
                        }
                    });
                }
                gosched(); // a second carrier that still runs finishes its turn
                wg.await();
                IO.println("at most " + most);
            });
        }
    }

    static final class Count {
        static void main(String[] args) {
            IO.println("on a thread: " + numGoroutine());
            Go.main(() -> {
                IO.println("main: " + numGoroutine() + " " + dumped());
                IO.println(stacks().startsWith("goroutine 1 ") ? "main is 1" : stacks());
                Chan<Integer> stop = Chan.make();
                var wg = new WaitGroup();
                for (int i = 0; i < 100; i++) {
                    wg.go(stop::recvOk);
                }
                IO.println("with 100 more: " + numGoroutine() + " " + dumped());
                stop.close();
                wg.await();
                IO.println("without them: " + numGoroutine() + " " + dumped());
                var helped = List.of(after(HOUR), tick(HOUR), afterFunc(HOUR, () -> {}));
                try (var ctx = Context.background().withTimeout(HOUR)) {
                    var stopper = ctx.withCancel().afterFunc(() -> {});
                    System.gc();
                    IO.println("with helpers: " + numGoroutine() + " " + dumped());
                    stopper.stop();
                }
                IO.println(helped.size() + " timers");
            });
        }

        private static long dumped() {
            return Pattern.compile("^goroutine \\d+ |^(\\d+) goroutines ", Pattern.MULTILINE)
                    .matcher(stacks())
                    .results()
                    .mapToLong(head -> head.group(1) == null ? 1 : Long.parseLong(head.group(1)))
                    .sum();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {JDK_SCHEDULER, OWN_SCHEDULER})
    @Pins({"GO-10", "GO-12"})
    void processors(String scheduler) {
        ChildProgram program = ChildProgram.run(Numbers.class, scheduler, "-XX:ActiveProcessorCount=3");
        assertThat(program.out())
                .isEqualToIgnoringNewLines("processors 3 3 3\nwas 3, was 2, is 1\nstill processors 3\n");
        assertThat(program).isEqualTo(new ChildProgram(0, program.out(), ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {JDK_SCHEDULER, OWN_SCHEDULER})
    @Pins("GO-10")
    void gomaxprocsCanBeChangedAtAnyTime(String scheduler) {
        ChildProgram program = ChildProgram.run(Changes.class, scheduler);
        assertThat(program.err()).isEmpty();
        assertThat(program.out()).isEqualToIgnoringNewLines("1815 turns\n");
    }

    /// On Gofer's scheduler, a goroutine that the operating system delays for long may overlap with the others.
    @ParameterizedTest
    @ValueSource(strings = JDK_SCHEDULER)
    @Pins("GO-10")
    void oneProcessorRunsNothingInParallel(String scheduler) {
        ChildProgram program = ChildProgram.run(NeverParallel.class, scheduler);
        assertThat(program.err()).isEmpty();
        assertThat(program.out()).isEqualToIgnoringNewLines("at most 1\n");
    }

    /// `TestNumGoroutine`, `TestMainGoroutineID`, `TestNoHelperGoroutines`.
    @ParameterizedTest
    @ValueSource(strings = {JDK_SCHEDULER, OWN_SCHEDULER})
    @Pins("GO-11")
    void goroutines(String scheduler) {
        ChildProgram program = ChildProgram.run(Count.class, scheduler);
        assertThat(program.err()).isEmpty();
        assertThat(program.out())
                .isEqualToIgnoringNewLines(
                        """
                        on a thread: 1
                        main: 1 1
                        main is 1
                        with 100 more: 101 101
                        without them: 1 1
                        with helpers: 1 1
                        3 timers
                        """);
    }
}
