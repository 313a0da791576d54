package gofer.diagnostics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Scheduler;
import gofer.runtime.park.Contention;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectorTest {

    private static final String BLOCK_FOR_A_DAY = "profile\nblock\nPT24H\ntext";
    private static final String MUTEX_FOR_A_DAY = "profile\nmutex\nPT24H\ntext";

    @TempDir private Path folder;

    @AfterEach
    void off() {
        Profile.setBlockRate(Duration.ZERO);
        Profile.setMutexFraction(0);
    }

    private void requestUntilFileIsDeleted(Crew crew, String name, String question) throws Exception {
        Path file = Files.createFile(folder.resolve(name));
        crew.go(() -> Inspector.answer(file, question));
    }

    @Test
    void profileEndsIfItsClientStopsWaiting() throws Exception {
        try (var crew = new Crew()) {
            requestUntilFileIsDeleted(crew, "answer", BLOCK_FOR_A_DAY);
            Eventually.that("waits are recorded", Contention.BLOCK::isOn);
            Files.delete(folder.resolve("answer"));
        }
        assertThat(Contention.BLOCK.isOn()).isFalse();
    }

    @Test
    void twoProfilesCanBeTakenAtTheSameTime() throws Exception {
        Path file = Files.createFile(folder.resolve("short"));
        try (var crew = new Crew()) {
            requestUntilFileIsDeleted(crew, "long", BLOCK_FOR_A_DAY);
            Eventually.that("waits are recorded", Contention.BLOCK::isOn);
            String both = new String(Inspector.answer(file, "profile\nblock\nPT0.01S\ntext"), UTF_8);
            assertThat(both).startsWith("block profile: total ");
            assertThat(Contention.BLOCK.isOn()).isTrue();
            Files.delete(folder.resolve("long"));
        }
        assertThat(Contention.BLOCK.isOn()).isFalse();
    }

    @Test
    void rateSetByTheProgramIsKept() throws Exception {
        Profile.setBlockRate(Duration.ofMillis(1));
        Path file = Files.createFile(folder.resolve("answer"));
        Inspector.answer(file, "profile\nblock\nPT0.001S\ntext");
        assertThat(Contention.BLOCK.rate()).isEqualTo(1_000_000);
    }

    @Test
    void rateSetDuringAProfileIsKept() throws Exception {
        try (var crew = new Crew()) {
            requestUntilFileIsDeleted(crew, "answer", MUTEX_FOR_A_DAY);
            Eventually.that("delays are recorded", Contention.MUTEX::isOn);
            assertThat(Profile.setMutexFraction(1)).isZero(); // the same number as the tool's
            Files.delete(folder.resolve("answer"));
        }
        assertThat(Contention.MUTEX.isOn()).isTrue();
        assertThat(Profile.setMutexFraction(0)).isEqualTo(1);
        assertThat(Contention.MUTEX.isOn()).isFalse();
    }

    /// Whether they wait forever is known only if they wait for each other.
    @Test
    void leaksReportsWaitsForLocksOfTheJdk() throws Exception {
        Object monitor = new Object();
        var lock = new ReentrantLock();
        var bothHold = new CountDownLatch(2);
        try (var crew = new Crew()) {
            Thread one = crew.go(() -> enterAndLock(monitor, bothHold, lock)).thread();
            Thread two =
                    crew.go(
                                    () -> {
                                        lock.lock();
                                        bothHold.countDown();
                                        bothHold.await();
                                        synchronized (monitor) {
                                            lock.unlock();
                                        }
                                    })
                            .thread();
            Eventually.that("one queues", () -> lock.hasQueuedThread(one));
            Eventually.that("two waits to enter", () -> two.getState() == Thread.State.BLOCKED);
            String leaks = new String(Inspector.answer(folder.resolve("leaks"), "leaks"), UTF_8);
            assertThat(leaks).containsPattern("locks of the JDK, perhaps forever: [2-9]");
            if (Go.scheduler() == Scheduler.GOFER) {
                assertThat(leaks)
                        .contains("\nThese wait for each other's locks forever:\n\n")
                        .contains("waits for java.util.concurrent.locks.ReentrantLock$")
                        .contains("waits to enter monitor " + Objects.toIdentityString(monitor));
            }
            one.interrupt();
        }
    }

    private static void enterAndLock(Object monitor, CountDownLatch bothHold, ReentrantLock lock)
            throws InterruptedException {
        synchronized (monitor) {
            bothHold.countDown();
            bothHold.await();
            try {
                lock.lockInterruptibly();
            } catch (InterruptedException stop) {
                // the test ends the wait
            }
        }
    }
}
