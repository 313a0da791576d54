package gofer.runtime.watch;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.fixture.Eventually;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import gofer.runtime.chan.ChanCore;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.goroutine.Party;
import gofer.runtime.lock.MutexCore;
import gofer.runtime.sched.Scheduling;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Deadlocks that involve Java monitors and locks of java.util.concurrent.
class JdkCyclesTest {

    private final MutexCore mutex = new MutexCore();
    private final Object monitor = new Object();
    private final Object other = new Object();
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Thread> all = new ArrayList<>();

    /// Locks, runs an action, and unlocks.
    private interface Taking {
        void around(Runnable inside);
    }

    private void aroundMutex(Runnable inside) {
        mutex.lock(null);
        try {
            inside.run();
        } finally {
            mutex.unlock();
        }
    }

    private void aroundMonitor(Runnable inside) {
        synchronized (monitor) {
            inside.run();
        }
    }

    private void aroundOther(Runnable inside) {
        synchronized (other) {
            inside.run();
        }
    }

    private void aroundLock(Runnable inside) {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException stop) {
            throw new InterruptException(WaitReason.OTHER);
        }
        try {
            inside.run();
        } finally {
            lock.unlock();
        }
    }

    @AfterEach
    void end() {
        all.forEach(Thread::interrupt);
        all.forEach(thread -> Eventually.that(thread + " ends", () -> !thread.isAlive()));
    }

    private Thread start(int kind, String name, Taking first, Taking second, CountDownLatch meet) {
        Runnable body =
                () -> {
                    try {
                        first.around(() -> {
                            meet.countDown();
                            await(meet);
                            second.around(() -> {});
                        });
                    } catch (InterruptException stop) {
                        // as told
                    }
                };
        Thread thread =
                switch (kind) {
                    case 0 -> Goroutines.start(name, body::run).thread();
                    case 1 -> Thread.ofPlatform().daemon().name(name).start(body);
                    default -> Thread.ofVirtual().name(name).start(body);
                };
        all.add(thread);
        return thread;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            throw new InterruptException(WaitReason.OTHER);
        }
    }

    private static boolean waits(Thread thread) {
        return thread.getState() == Thread.State.BLOCKED || thread.getState() == Thread.State.WAITING;
    }

    /// Each kind of lock with each other kind. One of the two waits can be cancelled, so that the test ends.
    @Test
    void cyclesOfAllKindsAreFound() {
        List<Taking> takings = List.of(this::aroundMutex, this::aroundMonitor, this::aroundLock);
        for (int kind = 0; kind < 3; kind++) {
            for (Taking first : takings) {
                for (Taking second : takings) {
                    if (first != second) {
                        isFound(kind, first, second);
                    }
                }
            }
        }
    }

    private void isFound(int kind, Taking first, Taking second) {
        var meet = new CountDownLatch(2);
        Thread one = start(kind, "one", first, second, meet);
        Thread two = start(kind == 0 ? 0 : 3 - kind, "two", second, first, meet);
        Eventually.that("both wait", () -> meet.getCount() == 0 && waits(one) && waits(two));
        List<Party> expected = Scheduling.isOurs() ? List.of(Party.of(one), Party.of(two)) : List.of();
        if (Scheduling.isOurs()) {
            Eventually.that("it is found", () -> LockCycles.search(true).parties().containsAll(expected));
            assertThat(LockCycles.find().text())
                    .contains(", blocked by " + Party.of(one))
                    .contains(", blocked by " + Party.of(two));
        } else {
            assertThat(LockCycles.search(true).parties()).isEmpty(); // not even as a guess
        }
        end();
        all.clear();
        assertThat(LockCycles.search(true).parties()).isEmpty();
    }

    /// They take the same locks in different orders, but only one goroutine at a time.
    @Test
    void locksGuardedByAnotherAreNotADeadlock() {
        var gate = new ReentrantLock();
        var done = new ChanCore(0);
        List<Taking> takings = List.of(this::aroundMonitor, this::aroundOther, this::aroundLock);
        for (int i = 0; i < 6; i++) {
            Taking first = takings.get(i % 3);
            Taking second = takings.get((i + 1 + i / 3) % 3);
            all.add(
                    Goroutines.start(
                                    "gated",
                                    () -> {
                                        while (!done.isClosed()) {
                                            gate.lock();
                                            try {
                                                first.around(() -> second.around(() -> {}));
                                            } finally {
                                                gate.unlock();
                                            }
                                            first.around(() -> {});
                                            second.around(() -> {});
                                        }
                                    })
                            .thread());
        }
        for (int i = 0; i < 200; i++) {
            assertThat(LockCycles.search(true).parties()).isEmpty();
        }
        done.close();
        all.forEach(thread -> Eventually.that(thread + " ends", () -> !thread.isAlive()));
        all.clear();
    }
}
