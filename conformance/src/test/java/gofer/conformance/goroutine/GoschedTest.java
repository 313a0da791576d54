package gofer.conformance.goroutine;

import static gofer.Go.go;
import static gofer.Go.gosched;
import static gofer.Go.sleep;
import static gofer.conformance.ChildProgram.JDK_SCHEDULER;
import static gofer.conformance.ChildProgram.ONE_PROCESSOR;
import static gofer.conformance.ChildProgram.OWN_SCHEDULER;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.Empty;
import gofer.conformance.ChildProgram;
import gofer.conformance.Pins;
import gofer.goroutine.Goroutine;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A goroutine that yields lets others run. On one processor, others run only if it yields.
class GoschedTest {

    /// More iterations mean a hang.
    private static final int PATIENCE = 100_000_000;

    static final class TakeTurns {
        private static final int TURNS = 10_000;

        private static int turn; // plain: the goroutines share one processor

        static void main(String[] args) {
            Go.main(() -> {
                var wg = new WaitGroup();
                wg.go(() -> play(0));
                wg.go(() -> play(1));
                wg.await();
                IO.println(turn);
            });
        }

        private static void play(int me) {
            for (int i = 0; i < TURNS; i++) {
                int patience = PATIENCE;
                while (turn % 2 != me) {
                    gosched();
                    if (--patience == 0) {
                        throw new AssertionError("it is never the turn of " + me);
                    }
                }
                turn++;
            }
        }
    }

    /// `rt/proc_test.go: TestYieldProgress`, with several goroutines that yield.
    static final class OthersWakeUp {
        static void main(String[] args) {
            int count = Integer.getInteger("count", 0);
            Go.main(() -> {
                Chan<Boolean> stop = Chan.make();
                Chan<Integer> stopped = Chan.make();
                for (int i = 0; i < count; i++) {
                    go(() -> {
                        int patience = PATIENCE;
                        while (stop.tryRecv() instanceof Empty) {
                            gosched();
                            if (--patience == 0) {
                                throw new AssertionError("the main goroutine never gets the processor");
                            }
                        }
                        stopped.send(1);
                    });
                }
                sleep(Duration.ofMillis(10)); // a timer wakes it
                Chan<Integer> fromOutside = Chan.make();
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            LockSupport.parkNanos(10_000_000);
                            fromOutside.send(1);
                        });
                fromOutside.recv(); // a thread that is not a goroutine wakes it
                stop.close();
                int sum = 0;
                for (int i = 0; i < count; i++) {
                    sum += stopped.recv();
                }
                IO.println(sum + " stopped");
            });
        }
    }

    static final class StaysReady {
        private static volatile boolean end;

        static void main(String[] args) {
            Goroutine yields =
                    go(() -> {
                        while (!end) {
                            gosched();
                        }
                    });
            int looks = 0;
            int naps = 0;
            for (long start = System.nanoTime(); System.nanoTime() - start < 200_000_000; looks++) {
                boolean waits = yields.state() == Goroutine.State.WAITING;
                naps += waits && yields.thread().getState() == Thread.State.TIMED_WAITING ? 1 : 0;
            }
            end = true;
            IO.println(naps + " of " + looks + " times seen asleep");
            System.exit(naps > looks / 1000 ? 1 : 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {JDK_SCHEDULER, OWN_SCHEDULER})
    @Pins("GO-07")
    void twoTakeTurns(String scheduler) {
        ChildProgram program = ChildProgram.run(TakeTurns.class, scheduler, ONE_PROCESSOR);
        assertThat(program.err()).isEmpty();
        assertThat(program.out()).isEqualToIgnoringNewLines(2 * TakeTurns.TURNS + "\n");
    }

    /// A goroutine that wakes up gets the processor, even if many goroutines yield all the time.
    @ParameterizedTest
    @CsvSource({"1," + JDK_SCHEDULER, "2," + JDK_SCHEDULER, "100," + JDK_SCHEDULER, "100," + OWN_SCHEDULER})
    @Pins("GO-07")
    void wokenGoroutineGetsTheProcessor(int count, String scheduler) {
        ChildProgram program = ChildProgram.run(OthersWakeUp.class, scheduler, ONE_PROCESSOR, "-Dcount=" + count);
        assertThat(program.err()).isEmpty();
        assertThat(program.out()).isEqualToIgnoringNewLines(count + " stopped\n");
    }

    /// This holds almost always. If the inspection delays a thread, the JDK reports it as blocked, and it may sleep right after.
    @Test
    @Pins("GO-07")
    void yieldingGoroutineStaysReady() {
        ChildProgram program = ChildProgram.run(StaysReady.class, JDK_SCHEDULER, ONE_PROCESSOR);
        assertThat(program.status()).as(program.out()).isZero();
    }
}
