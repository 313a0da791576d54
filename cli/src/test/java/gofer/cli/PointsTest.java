package gofer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.goroutine.Body;
import gofer.testing.Exploration;
import gofer.testing.Explore;
import gofer.testing.Fault;
import gofer.testing.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Tests of the scheduling points of an explored program. They do not change its behavior.
final class PointsTest {
    @TempDir private Path folder;

    private Exploration explore(Strategy strategy, String source) throws IOException {
        Path file = Files.writeString(folder.resolve("Main.java"), source);
        LoadedProgram program = LoadedProgram.compile(file).withPoints();
        Body main = program.body(new String[0]);
        Explore explore = Explore.schedules(1000).strategy(strategy);
        return explore.search(new Search(explore, false, file, List.of()).body(program, main, new Capture()));
    }

    @ParameterizedTest
    @EnumSource(names = {"MIXED", "EXHAUSTIVE"})
    void synchronizedMethodsThatCallEachOtherDeadlock(Strategy strategy) throws IOException {
        Exploration found =
                explore(
                        strategy,
                        """
                        import module gofer;
                        static class A {
                            synchronized void to(A other) { other.in(); }
                            synchronized void in() { }
                        }
                        void main() {
                            var a = new A();
                            var b = new A();
                            var wg = new WaitGroup();
                            wg.go(() -> a.to(b));
                            wg.go(() -> b.to(a));
                            wg.await();
                        }
                        """);
        assertThat(found.faults()).as("%s", found.summary()).hasSize(1);
        Fault fault = found.faults().getFirst();
        assertThat(fault.message()).contains("deadlock");
        assertThat(fault.text())
                .containsPattern("enter monitor of A 1 +Main.java:3\n")
                .containsPattern("enter monitor of A 2 +Main.java:3\n");
    }

    @Test
    void anotherGoroutineMayRunBetweenTwoSynchronizedMethods() throws IOException {
        Exploration found =
                explore(
                        Strategy.EXHAUSTIVE,
                        """
                        import module gofer;
                        static class Count {
                            int n;
                            synchronized int get() { return n; }
                            synchronized void set(int n) { this.n = n; }
                        }
                        void main() {
                            var count = new Count();
                            var wg = new WaitGroup();
                            for (int i = 0; i < 2; i++) wg.go(() -> count.set(count.get() + 1));
                            wg.await();
                            if (count.get() != 2) throw new AssertionError("lost");
                        }
                        """);
        assertThat(found.faults()).as("%s", found.summary()).hasSize(1);
        assertThat(found.faults().getFirst().message()).contains("lost");
    }

    @Test
    void synchronizedMethodOwnsItsMonitorUntilItEnds() throws IOException {
        Exploration found =
                explore(
                        Strategy.EXHAUSTIVE,
                        """
                        import module gofer;
                        static synchronized double add(int[] sum) {
                            int before = sum[0];
                            sum[0] = before + 1;
                            if (before > 0) throw new IllegalStateException();
                            return before;
                        }
                        synchronized void fill(int[] sum) {
                            while (true) {
                                if (++sum[0] > 3) return;
                            }
                        }
                        void main() {
                            var sum = new int[1];
                            var wg = new WaitGroup();
                            for (int i = 0; i < 2; i++) {
                                wg.go(() -> {
                                    try {
                                        add(sum);
                                    } catch (IllegalStateException second) {
                                        fill(sum);
                                    }
                                });
                            }
                            wg.await();
                            fill(sum);
                            try {
                                add(sum);
                            } catch (IllegalStateException left) {
                                if (sum[0] == 6) return;
                            }
                            throw new AssertionError(sum[0]);
                        }
                        """);
        assertThat(found.faults()).as("%s", found.summary()).extracting(Fault::text).isEmpty();
    }

    @Test
    void interruptedSleepThrowsAsInPlainJava() throws IOException {
        Exploration found =
                explore(
                        Strategy.MIXED,
                        """
                        import module gofer;
                        void main() throws InterruptedException {
                            Chan<Thread> sleepers = Chan.make(1);
                            var wg = new WaitGroup();
                            wg.go(() -> {
                                sleepers.send(Thread.currentThread());
                                try {
                                    Thread.sleep(Duration.ofDays(1));
                                    throw new AssertionError("slept");
                                } catch (InterruptedException caught) {
                                    if (Thread.currentThread().isInterrupted()) throw new AssertionError("still");
                                }
                            });
                            sleepers.recv().interrupt();
                            wg.await();
                            try {
                                Thread.sleep(-1);
                            } catch (IllegalArgumentException negative) {
                                return;
                            }
                            throw new AssertionError("slept");
                        }
                        """);
        assertThat(found.faults()).as("%s", found.summary()).extracting(Fault::text).isEmpty();
    }
}
