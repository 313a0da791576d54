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
    private interface LockedRegion {
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

    private Thread start(int kind, String name, LockedRegion first, LockedRegion second, CountDownLatch bothHold) {
        Runnable body =
                () -> {
                    try {
                        first.around(() -> {
                            bothHold.countDown();
                            await(bothHold);
                            second.around(() -> {});
                        });
                    } catch (InterruptException stop) {
                        // the test ends the wait
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

    /// Combines each kind of lock with each other kind. One of the two waits can be interrupted, so that the test ends.
    @Test
    void cyclesOfAllKindsAreFound() {
        List<LockedRegion> regions = List.of(this::aroundMutex, this::aroundMonitor, this::aroundLock);
        for (int kind = 0; kind < 3; kind++) {
            for (LockedRegion first : regions) {
                for (LockedRegion second : regions) {
                    if (first != second) {
                        expectFound(kind, first, second);
                    }
                }
            }
        }
    }

    private void expectFound(int kind, LockedRegion first, LockedRegion second) {
        var bothHold = new CountDownLatch(2);
        Thread one = start(kind, "one", first, second, bothHold);
        Thread two = start(kind == 0 ? 0 : 3 - kind, "two", second, first, bothHold);
        Eventually.that("both wait", () -> bothHold.getCount() == 0 && waits(one) && waits(two));
        List<Party> expected = Scheduling.isOurs() ? List.of(Party.of(one), Party.of(two)) : List.of();
        if (Scheduling.isOurs()) {
            Eventually.that("it is found", () -> LockCycles.search(true).parties().containsAll(expected));
            assertThat(LockCycles.find().text())
                    .contains(", blocked by " + Party.of(one))
                    .contains(", blocked by " + Party.of(two));
        } else {
            assertThat(LockCycles.search(true).parties()).isEmpty(); // not even as a suspicion
        }
        end();
        all.clear();
        assertThat(LockCycles.search(true).parties()).isEmpty();
    }

    /// The goroutines take the same locks in different orders, but only one at a time, because all hold a further lock.
    @Test
    void locksGuardedByAnotherAreNotADeadlock() {
        var gate = new ReentrantLock();
        var done = new ChanCore(0);
        List<LockedRegion> regions = List.of(this::aroundMonitor, this::aroundOther, this::aroundLock);
        for (int i = 0; i < 6; i++) {
            LockedRegion first = regions.get(i % 3);
            LockedRegion second = regions.get((i + 1 + i / 3) % 3);
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
