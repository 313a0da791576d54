package gofer.testing;

import static gofer.Go.go;
import static gofer.Go.gosched;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import gofer.chan.Chan;
import gofer.diagnostics.Deadlocks;
import gofer.goroutine.Body;
import gofer.sync.Mutex;
import gofer.sync.WaitGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Tests of the contents of reports.
@SuppressWarnings("LockLeak")
class ReportsTest {

    private static Fault fault(Body body) {
        return Explore.schedules(100).search(body).faults().getFirst();
    }

    private static void allKindsOfWaits() {
        Chan<Integer> never = Chan.make();
        var monitor = new Object();
        var taken = new Object();
        var lock = new Mutex();
        lock.lock();
        go("locker", lock::lock);
        go(
                "waiter",
                () -> {
                    synchronized (monitor) {
                        while (true) {
                            monitor.wait();
                        }
                    }
                });
        go(
                "holder",
                () -> {
                    synchronized (taken) {
                        never.recv();
                    }
                });
        go(
                "enters",
                () -> {
                    gosched();
                    synchronized (taken) {
                        lock.lock();
                    }
                });
        Thread.ofVirtual()
                .name("plain")
                .start(() -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                });
        never.recv();
    }

    @Test
    void deadlockListsAllWaitersByTheirNumbersInTheTable() {
        go(() -> {}); // so that the ids differ
        Fault fault = fault(ReportsTest::allKindsOfWaits);
        assertThat(fault.detail())
                .contains("goroutine 1 \"main\" [chan receive]")
                .contains("goroutine 2 \"locker\" [sync.Mutex.Lock]", "blocked by goroutine 1 \"main\"")
                .contains("goroutine 3 \"waiter\" [Object.wait]", "waits to be notified on monitor")
                .contains("goroutine 4 \"holder\" [chan receive]", "holds monitor java.lang.Object@")
                .contains("goroutine 5 \"enters\"")
                .contains("thread 6 \"plain\" [waiting]", "waits for java.util.concurrent.CountDownLatch")
                .contains("created by goroutine 1 at gofer.testing.ReportsTest.allKindsOfWaits")
                .doesNotContain("unknown", "created by a thread");
        assertThat(fault.steps()).contains("1 main", "2 locker");
    }

    @Test
    void bubbleReportsADeadlockInTheSameWay() {
        assertThatThrownBy(() -> Bubble.run(ReportsTest::allKindsOfWaits))
                .hasMessageContaining("goroutine 1 \"main\" [chan receive]")
                .hasMessageContaining("goroutine 3 \"waiter\" [Object.wait]")
                .hasMessageContaining("thread 6 \"plain\"");
    }

    private static void assertFramesAreOfTheProgram(String text) {
        assertThat(text.lines().filter(line -> line.startsWith("\tat ")))
                .isNotEmpty()
                .allMatch(line -> line.startsWith("\tat gofer.testing.ReportsTest"));
    }

    @Test
    void internalFramesAreNotShown() {
        assertFramesAreOfTheProgram(fault(ReportsTest::allKindsOfWaits).detail());
        Fault thrown =
                fault(() -> {
                    List<Integer> none = new ArrayList<>();
                    var all = new WaitGroup();
                    all.go(
                            "reader",
                            () -> {
                                try {
                                    none.get(5);
                                } catch (IndexOutOfBoundsException tooFar) {
                                    throw new IllegalStateException("none", tooFar);
                                }
                            });
                    all.await();
                });
        assertThat(thrown.message()).isEqualTo("java.lang.IllegalStateException: none in goroutine 2 \"reader\"");
        assertThat(thrown.detail()).contains("Caused by: java.lang.IndexOutOfBoundsException: Index 5");
        assertFramesAreOfTheProgram(thrown.detail());
    }

    @Test
    void failureBeginsWithTheFaultAndItsStackInTheTest() {
        Throwable failed = catchThrowable(() -> Explore.run(ReportsTest::allKindsOfWaits));
        assertThat(String.valueOf(failed.getMessage()).lines().findFirst().orElseThrow()).contains("deadlock");
        assertThat(failed.getStackTrace()[0].getClassName()).isEqualTo(ReportsTest.class.getName());
        Throwable inBubble = catchThrowable(() -> Bubble.run(() -> Chan.make().recv()));
        assertThat(inBubble).hasMessageStartingWith("deadlock: all goroutines in bubble are blocked\n");
        assertThat(inBubble.getStackTrace()[0].getClassName()).isEqualTo(ReportsTest.class.getName());
    }

    @Test
    void longMessageIsOneLine() {
        Fault fault = fault(() -> assertThat(1).isEqualTo(2));
        assertThat(fault.message()).contains("expected: 2 but was: 1").doesNotContain("\n");
        assertThat(
                        fault(
                                        () -> {
                                            throw new IllegalStateException("a".repeat(1000));
                                        })
                                .message())
                .hasSizeLessThan(400)
                .endsWith("...");
    }

    @Test
    void longScheduleShowsItsFirstAndLastSteps() {
        Fault fault =
                fault(() -> {
                    Chan<Integer> numbers = Chan.make(1);
                    for (int i = 0; i < 500; i++) {
                        numbers.send(i);
                        numbers.recv();
                    }
                    throw new IllegalStateException("over");
                });
        assertThat(fault.steps().lines()).hasSize(62);
        assertThat(fault.steps())
                .contains("\n   30  1 main", "  ...\n  971  1 main")
                .endsWith("\n")
                .contains("\n 1000  1");
    }

    /// These deadlocks belong to the exploration, so [Deadlocks] does not report them.
    @Test
    @SuppressWarnings("LockTwice")
    void deadlocksOfASearchAreNotReportedForTheProgram() {
        boolean[] seen = {false};
        Explore.schedules(5)
                .search(() -> {
                    var a = new Mutex();
                    a.lock();
                    go(
                            "own",
                            () -> {
                                var b = new Mutex();
                                b.lock();
                                b.lock();
                            });
                    gosched();
                    gosched();
                    var outside = new Thread(() -> seen[0] |= !Deadlocks.find().isEmpty());
                    outside.start();
                    outside.join();
                });
        assertThat(seen[0]).isFalse();
    }
}
