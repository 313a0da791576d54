package gofer.runtime.watch;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.fixture.Eventually;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import gofer.runtime.base.IdRanges;
import gofer.runtime.chan.ChanCore;
import gofer.runtime.goroutine.G;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.goroutine.PlainThread;
import gofer.runtime.lock.MutexCore;
import gofer.runtime.lock.WaitGroupCore;
import gofer.runtime.sched.Scheduling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Reports about threads that are not goroutines. [gofer.diagnostics.WaitsInDumpsTest] covers what they wait for.
class PlainThreadsTest {

    private final List<Thread> all = new ArrayList<>();
    private final ChanCore end = new ChanCore(0);
    private final MutexCore mutex = new MutexCore();

    @AfterEach
    void end() throws InterruptedException {
        end.close();
        all.forEach(Thread::interrupt);
        for (Thread thread : all) {
            assertThat(thread.join(Duration.ofMinutes(1))).isTrue();
        }
    }

    private Thread start(boolean virtual, String name, Runnable body) {
        Thread.Builder builder = virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
        Thread thread =
                builder.name(name)
                        .start(() -> {
                            try {
                                body.run();
                            } catch (InterruptException stop) {
                                assertThat(Thread.interrupted()).isTrue();
                            }
                        });
        all.add(thread);
        return thread;
    }

    private Thread start(boolean virtual, String name, WaitReason reason, Runnable body) {
        Thread thread = start(virtual, name, body);
        Eventually.blocked(thread, reason);
        return thread;
    }

    private G waiter() {
        G waiter =
                Goroutines.start(
                        "waiter",
                        () -> {
                            mutex.lock(null);
                            mutex.unlock();
                        });
        Eventually.blocked(waiter, WaitReason.MUTEX_LOCK);
        return waiter;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void waitingOwnerOfALockIsNamed(boolean virtual) {
        Thread holder =
                start(
                        virtual,
                        "holder 1",
                        WaitReason.CHAN_RECEIVE,
                        () -> {
                            mutex.lock(null);
                            end.recv(null);
                            mutex.unlock();
                        });
        G waiter = waiter();
        Dump dump = Dump.take();
        assertThat(dump.text()).contains(", blocked by thread \"holder 1\"\n");
        assertThat(dump.json())
                .contains("\"blockedByThreads\": [{\"id\": " + holder.threadId() + ", \"name\": \"holder 1\"}]");
        end.close();
        Eventually.ended(waiter);
    }

    /// A virtual thread is found only if the JDK is open to Gofer. Otherwise only its id is known.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void runningOwnerOfALockIsNamed(boolean virtual) throws InterruptedException {
        var locked = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        Thread holder =
                start(
                        virtual,
                        "holder 2",
                        () -> {
                            mutex.lock(null);
                            locked.countDown();
                            awaitLatch(done);
                            mutex.unlock();
                        });
        locked.await();
        G waiter = waiter();
        assertThat(Dump.take().text())
                .contains(
                        virtual && !Scheduling.isOurs()
                                ? ", blocked by thread " + holder.threadId() + "\n"
                                : ", blocked by thread \"holder 2\"\n");
        done.countDown();
        Eventually.ended(waiter);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void endedOwnerOfALockIsNotNamed() throws InterruptedException {
        Thread holder = start(false, "holder 3", () -> mutex.lock(null));
        holder.join();
        G waiter = waiter();
        String gone = ", blocked by thread " + holder.threadId() + (Scheduling.isOurs() ? ", which is gone\n" : "\n");
        assertThat(Dump.take().text()).contains(gone);
        mutex.unlock();
        Eventually.ended(waiter);
    }

    @Test
    void equalThreadsAreOneGroupAndKeepTheirNames() {
        for (int i = 1; i <= 12; i++) {
            start(false, "http-" + i, WaitReason.CHAN_RECEIVE, () -> end.recv(null));
        }
        Dump dump = Dump.take();
        assertThat(dump.text())
                .contains("12 threads \"http-1\", \"http-2\", \"http-3\",")
                .contains("\"http-10\" and 2 more [chan receive")
                .doesNotContainPattern("12 threads (.+\n)+created by");
        assertThat(dump.json())
                .contains("{\"kind\": \"thread\", \"count\": 12, \"ids\": [")
                .contains("\"names\": [\"http-1\", \"http-2\", ");
    }

    @Test
    void threadsWithTheSameOrNoNameAreShownWithIds() {
        for (String name : List.of("same", "")) {
            List<Long> two = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                two.add(start(true, name, WaitReason.CHAN_RECEIVE, () -> end.recv(null)).threadId());
            }
            String shown = name.isEmpty() ? "" : " \"same\"";
            String ids = IdRanges.text(two);
            assertThat(Dump.take().text()).contains("2 threads" + shown + " (" + ids + ") [chan receive");
            all.forEach(Thread::interrupt);
            all.forEach(thread -> Eventually.that("it ends", () -> !thread.isAlive()));
        }
        Thread single = start(true, "", WaitReason.CHAN_RECEIVE, () -> end.recv(null));
        assertThat(Dump.take().text()).contains("thread " + single.threadId() + " [chan receive");
    }

    @Test
    void threadsAreCountedSeparately() {
        int before = Goroutines.count();
        start(false, "one", WaitReason.CHAN_RECEIVE, () -> end.recv(null));
        start(true, "two", WaitReason.CHAN_RECEIVE, () -> end.recv(null));
        assertThat(Goroutines.count()).isLessThanOrEqualTo(before);
        assertThat(Dump.take().json()).containsPattern("^\\{\"goroutines\": \\d+, \"threads\": [2-9]");
    }

    /// A goroutine that sets its own exception handler is still a goroutine.
    @Test
    void goroutineIsNotShownTwice() {
        G g =
                Goroutines.start(
                        "disguised",
                        () -> {
                            Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
                            end.recv(null);
                        });
        Eventually.blocked(g.thread(), WaitReason.CHAN_RECEIVE);
        assertThat(Dump.take().text()).containsOnlyOnce("\"disguised\"").contains(g + " [chan receive");
    }

    /// Goroutines, platform threads and virtual threads that wait for each other's locks.
    @Test
    void threadsTakePartInDeadlocks() {
        List<MutexCore> locks = List.of(new MutexCore(), new MutexCore(), new MutexCore());
        var allHold = new WaitGroupCore();
        allHold.add(3);
        List<Runnable> bodies =
                List.of(
                        () -> lockBoth(locks.get(0), locks.get(1), allHold),
                        () -> lockBoth(locks.get(1), locks.get(2), allHold),
                        () -> lockBoth(locks.get(2), locks.get(0), allHold));
        Thread platform = start(false, "deadlocked 1", bodies.get(0));
        Thread virtual = start(true, "deadlocked 2", bodies.get(1));
        G g = Goroutines.start("deadlocked 3", bodies.get(2)::run);
        Eventually.blocked(platform, WaitReason.MUTEX_LOCK);
        Eventually.blocked(virtual, WaitReason.MUTEX_LOCK);
        Eventually.blocked(g, WaitReason.MUTEX_LOCK);
        assertThat(LockCycles.search(false).parties()).contains(g, new PlainThread(platform), new PlainThread(virtual));
        assertThat(LockCycles.find().text())
                .contains(", blocked by thread \"deadlocked 2\"\n")
                .contains(", blocked by " + g + "\n")
                .contains(", blocked by thread \"deadlocked 1\"\n");
        platform.interrupt();
        Eventually.ended(g);
        assertThat(LockCycles.search(false).parties()).doesNotContain(g);
    }

    private static void lockBoth(MutexCore first, MutexCore second, WaitGroupCore allHold) {
        first.lock(null);
        try {
            allHold.add(-1);
            allHold.await(null);
            second.lock(null);
            second.unlock();
        } finally {
            first.unlock();
        }
    }

    @Test
    void threadsAreSuspectsOnAnyScheduler() {
        for (boolean virtual : List.of(false, true)) {
            start(virtual, "suspect " + virtual, WaitReason.CHAN_RECEIVE, () -> end.recv(null));
        }
        for (Dump dump : List.of(LeakSearch.suspectThreads(Duration.ZERO), LeakSearch.suspects(Duration.ZERO))) {
            assertThat(dump.text()).contains("thread \"suspect false\" [").contains("thread \"suspect true\" [");
        }
        assertThat(LeakSearch.suspectThreads(Duration.ofHours(1)).groups()).isEmpty();
    }

    /// While threads move between two waits, each is shown with the stack that belongs to its wait.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void waitAndStackAreConsistent(boolean virtual) {
        var ping = new ChanCore(0);
        var pong = new ChanCore(0);
        start(virtual, "pinger", () -> ping(ping, pong));
        start(virtual, "ponger", () -> pong(ping, pong));
        Pattern paragraph =
                Pattern.compile(
                        "thread \"p[io]nger\" \\[(.*?)(?:, .*)?\\]:\n"
                                + "\tat gofer.runtime.watch.PlainThreadsTest.(\\w+)\\(");
        int seen = 0;
        for (long start = System.nanoTime(); seen < 500 && System.nanoTime() - start < 10_000_000_000L; ) {
            var matcher = paragraph.matcher(Dump.take().text());
            while (matcher.find()) {
                seen++;
                assertThat(matcher.group(2)).isEqualTo(matcher.group(1).equals("chan send") ? "put" : "get");
            }
        }
        assertThat(seen).isPositive();
    }

    private static void ping(ChanCore ping, ChanCore pong) {
        for (; ; ) {
            put(ping);
            get(pong);
        }
    }

    private static void pong(ChanCore ping, ChanCore pong) {
        for (; ; ) {
            get(ping);
            put(pong);
        }
    }

    private static void put(ChanCore chan) {
        chan.send(1, null);
    }

    private static void get(ChanCore chan) {
        chan.recv(null);
    }
}
