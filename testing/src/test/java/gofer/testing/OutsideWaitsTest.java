package gofer.testing;

import static gofer.Go.go;
import static gofer.Go.gosched;
import static gofer.Go.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.sync.WaitGroup;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// An exploration waits for threads, monitors and I/O outside of its control. It adds a note, and reports a fault only
/// if the wait does not end.
class OutsideWaitsTest {

    @Test
    void waitForAThreadIsNotADeadlock() {
        Explore.schedules(20)
                .check(() -> {
                    var begun = new CountDownLatch(1);
                    var thread = new Thread(begun::countDown);
                    var wg = new WaitGroup();
                    wg.go(() -> {
                        thread.start();
                        thread.join();
                    });
                    begun.await();
                    assertThat(CompletableFuture.supplyAsync(() -> 1).get()).isEqualTo(1);
                    wg.await();
                });
    }

    @Test
    void explorationWaitsForAMonitorUntilItIsReleased() {
        var lock = new Object();
        Exploration result =
                Explore.schedules(200)
                        .check(() -> {
                            var wg = new WaitGroup();
                            for (int i = 0; i < 2; i++) {
                                wg.go(() -> {
                                    synchronized (lock) {
                                        gosched();
                                    }
                                });
                            }
                            wg.await();
                        });
        assertThat(result.notes()).anyMatch(note -> note.startsWith("goroutines waited for monitors"));
    }

    @Test
    void ownerOfAMonitorMaySleepForLong() {
        Explore.schedules(20)
                .check(() -> {
                    var lock = new Object();
                    var wg = new WaitGroup();
                    wg.go(() -> {
                        synchronized (lock) {
                            sleep(Duration.ofHours(1));
                        }
                    });
                    wg.go(() -> {
                        gosched();
                        synchronized (lock) {
                            gosched();
                        }
                    });
                    wg.await();
                });
    }

    @Test
    void waitForInputEndsWithTheMainGoroutine() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Exploration result = Explore.schedules(20).check(() -> go(server::accept));
            assertThat(result.notes()).anyMatch(note -> note.startsWith("goroutines waited for I/O"));
        }
    }

    @Test
    void aNoteIsGivenOnceForAllNamesOfThreads() {
        var started = new AtomicInteger();
        var end = new CountDownLatch(1); // the threads live until then: one that has ended has no name
        Exploration result =
                Explore.schedules(20)
                        .search(() -> {
                            var thread = new Thread(() -> awaitQuietly(end), "t-" + started.incrementAndGet());
                            thread.setDaemon(true);
                            thread.start();
                        });
        end.countDown();
        assertThat(result.notes())
                .filteredOn(note -> note.startsWith("platform threads were started"))
                .singleElement()
                .asString()
                .endsWith(": t-1 (other threads in other schedules)");
    }

    private static void awaitQuietly(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void threadThatCannotUseAChannelIsNamed() {
        Exploration result =
                Explore.schedules(1)
                        .search(() -> {
                            Chan<Integer> numbers = Chan.make();
                            var thread = new Thread(() -> numbers.send(1), "from elsewhere");
                            thread.setUncaughtExceptionHandler((_, _) -> {});
                            thread.start();
                            thread.join();
                            numbers.recv();
                        });
        assertThat(result.faults()).hasSize(1);
        assertThat(result.notes()).anyMatch(note -> note.startsWith("thread \"from elsewhere\" is not under control"));
    }
}
