package gofer.runtime.watch;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.fixture.Eventually;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import gofer.runtime.chan.ChanCore;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.goroutine.Party;
import gofer.runtime.sched.Scheduling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Java's own monitors and locks in dumps.
class MonitorsInDumpsTest {

    private final List<Thread> all = new ArrayList<>();
    private final ChanCore end = new ChanCore(0);
    private final Object monitor = new Object();
    private final String label = Objects.toIdentityString(monitor);

    @AfterEach
    void end() throws InterruptedException {
        end.close();
        for (Thread thread : all) {
            assertThat(thread.join(Duration.ofMinutes(1))).isTrue();
        }
    }

    private Thread go(String name, Runnable body) {
        Thread thread = Goroutines.start(name, body::run).thread();
        all.add(thread);
        return thread;
    }

    private Thread plain(boolean virtual, String name, Runnable body) {
        Thread.Builder builder = virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
        Thread thread = builder.name(name).start(body);
        all.add(thread);
        return thread;
    }

    private void receiveInside() {
        synchronized (monitor) {
            try {
                end.recv(null);
            } catch (InterruptException stop) {
                assertThat(Thread.interrupted()).isTrue();
            }
        }
    }

    private void enter() {
        synchronized (monitor) {
            return;
        }
    }

    private static void state(Thread thread, Thread.State state) {
        Eventually.that(thread + " is " + state, () -> thread.getState() == state);
    }

    private static boolean isOpen() {
        return Scheduling.isOurs();
    }

    private static String paragraph(String name) {
        String dump = Dump.take().text();
        return Pattern.compile("\n\n")
                .splitAsStream(dump)
                .filter(text -> text.contains('"' + name + "\" ["))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in\n" + dump));
    }

    private String waits(String owner) {
        return isOpen()
                ? "\twaits to enter monitor " + label + owner + "\n"
                : "\twaits to enter monitor (object not known) (owner not known)\n";
    }

    @Test
    void goroutineThatOwnsAMonitorAndWaitsIsNamed() {
        Thread holder = go("holder", this::receiveInside);
        Eventually.blocked(holder, WaitReason.CHAN_RECEIVE);
        Thread waiter = go("waiter", this::enter);
        state(waiter, Thread.State.BLOCKED);
        assertThat(paragraph("waiter"))
                .contains("\"waiter\" [synchronized]:\n\tat " + getClass().getName() + ".enter(")
                .contains(waits(", blocked by " + Party.of(holder)));
        if (isOpen()) {
            assertThat(paragraph("holder")).contains("\tholds monitor " + label + "\n");
            assertThat(Dump.take().json())
                    .contains("\"holds\": [\"" + label + "\"]")
                    .contains(
                            "{\"purpose\": \"to enter\", \"kind\": \"monitor\", \"label\": \""
                                    + label
                                    + "\", \"blockedBy\"");
        }
    }

    @Test
    void otherThreadThatOwnsAMonitorIsNamed() {
        for (boolean virtual : List.of(false, true)) {
            Thread holder = plain(virtual, "http-1", this::receiveInside);
            Eventually.blocked(holder, WaitReason.CHAN_RECEIVE);
            Thread waiter = go("waiter", this::enter);
            state(waiter, Thread.State.BLOCKED);
            assertThat(paragraph("waiter")).contains(waits(", blocked by thread \"http-1\""));
            if (isOpen()) {
                assertThat(paragraph("http-1")).contains("\tholds monitor " + label + "\n");
            }
            holder.interrupt();
            state(waiter, Thread.State.TERMINATED);
            state(holder, Thread.State.TERMINATED);
        }
    }

    /// JDK 25 provides no information about a running virtual thread.
    @Test
    void runningPlatformThreadThatOwnsAMonitorIsNamed() {
        synchronized (monitor) {
            Thread waiter = go("waiter", this::enter);
            state(waiter, Thread.State.BLOCKED);
            assertThat(paragraph("waiter"))
                    .contains(waits(", blocked by thread \"" + Thread.currentThread().getName() + '"'));
        }
    }

    @Test
    @SuppressWarnings("WaitNotInLoop") // it does not matter when that ends
    void threadInObjectWaitOwnsNothing() throws InterruptedException {
        Thread waiter =
                go(
                        "notified",
                        () -> {
                            synchronized (monitor) {
                                try {
                                    monitor.wait();
                                } catch (InterruptedException stop) {
                                    throw new InterruptException(WaitReason.OTHER);
                                }
                            }
                        });
        state(waiter, Thread.State.WAITING);
        assertThat(paragraph("notified")) // once the code is compiled, the JVM does not report the object
                .contains("\"notified\" [Object.wait]:\n")
                .containsAnyOf(
                        "\twaits to be notified on monitor (object not known)\n",
                        isOpen() ? "\twaits to be notified on monitor " + label + "\n" : "(object not known)")
                .doesNotContain("holds")
                .doesNotContain("blocked by");
        synchronized (monitor) {
            monitor.notifyAll();
            state(waiter, Thread.State.BLOCKED);
            assertThat(paragraph("notified")) // JDK 28 does not report the object
                    .containsAnyOf(
                            waits(", blocked by thread \"" + Thread.currentThread().getName() + '"'),
                            "\twaits to enter monitor (object not known) (owner not known)\n")
                    .doesNotContain("holds");
        }
    }

    @Test
    void locksOfTheJdkHaveOwners() {
        var lock = new ReentrantLock();
        var rw = new ReentrantReadWriteLock();
        Thread holder =
                go(
                        "holder",
                        () -> {
                            lock.lock();
                            try {
                                rw.writeLock().lock();
                                try {
                                    end.recv(null);
                                } finally {
                                    rw.writeLock().unlock();
                                }
                            } finally {
                                lock.unlock();
                            }
                        });
        Eventually.blocked(holder, WaitReason.CHAN_RECEIVE);
        List<Lock> locks = List.of(lock, rw.readLock(), rw.writeLock());
        List<String> kinds = List.of("ReentrantLock$", "ReentrantReadWriteLock$", "ReentrantReadWriteLock$");
        for (int i = 0; i < locks.size(); i++) {
            Lock wanted = locks.get(i);
            String name = "locker " + i;
            Thread waiter =
                    go(
                            name,
                            () -> {
                                wanted.lock();
                                try {
                                    assertThat(end.isClosed()).isTrue();
                                } finally {
                                    wanted.unlock();
                                }
                            });
            state(waiter, Thread.State.WAITING);
            assertThat(paragraph(name))
                    .contains("\"" + name + "\" [waiting]:\n")
                    .containsPattern(
                            "\twaits for java.util.concurrent.locks."
                                    + Pattern.quote(kinds.get(i))
                                    + "\\w+ \\p{XDigit}+"
                                    + (isOpen() ? ", blocked by " + Party.of(holder) : " \\(owner not known\\)")
                                    + "\n");
        }
    }

    /// A semaphore has no owner.
    @Test
    void synchronizerWithoutAnOwnerShowsNone() throws InterruptedException {
        var none = new Semaphore(0);
        Thread waiter = go("semaphore", none::acquireUninterruptibly);
        state(waiter, Thread.State.WAITING);
        assertThat(paragraph("semaphore"))
                .containsPattern("\twaits for java.util.concurrent.Semaphore\\$NonfairSync \\p{XDigit}+\n");
        none.release();
    }

    /// Snapshots do not disturb running threads, and none is lost.
    @Test
    void inspectedThreadsContinue() {
        var done = new ChanCore(0);
        var ping = new ChanCore(0);
        for (int i = 0; i < 8; i++) {
            int me = i;
            go(
                    "busy",
                    () -> {
                        while (!done.isClosed()) {
                            switch (me % 4) {
                                case 0 -> ping.trySend(1);
                                case 1 -> ping.tryRecv();
                                case 2 -> LockSupport.parkNanos(1000);
                                default -> {}
                            }
                            synchronized (monitor) {
                                if (me == 5) {
                                    Thread.yield();
                                }
                            }
                        }
                    });
        }
        for (int i = 0; i < 300; i++) {
            for (Thread thread : all) {
                ThreadSnapshots.of(thread);
            }
            Thread.yield();
        }
        done.close();
    }
}
