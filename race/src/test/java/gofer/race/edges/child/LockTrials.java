package gofer.race.edges.child;

import static gofer.race.edges.child.Trials.pair;
import static gofer.race.edges.child.Trials.until;

import gofer.race.edges.child.Trials.Pair;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;

/// Locks and other synchronizers.
@SuppressWarnings("LockNotBeforeTry") // the sections cannot fail
final class LockTrials {

    private LockTrials() {}

    static void addTo(Trials trials) {
        trials.add("ReentrantLock", () -> locks(new ReentrantLock(), null));
        trials.add("fair ReentrantLock", () -> locks(new ReentrantLock(true), null));
        trials.add(
                "ReentrantReadWriteLock write, write",
                () -> {
                    Lock lock = new ReentrantReadWriteLock().writeLock();
                    return locks(lock, lock);
                });
        trials.add(
                "ReentrantReadWriteLock write, read",
                () -> {
                    var lock = new ReentrantReadWriteLock();
                    return locks(lock.writeLock(), lock.readLock());
                });
        trials.add(
                "ReentrantReadWriteLock read, write",
                () -> {
                    var lock = new ReentrantReadWriteLock();
                    return locks(lock.readLock(), lock.writeLock());
                });
        trials.add(
                "StampedLock write, read",
                () -> {
                    var lock = new StampedLock();
                    return locks(lock.asWriteLock(), lock.asReadLock());
                });
        trials.add(
                "StampedLock read, write",
                () -> {
                    var lock = new StampedLock();
                    return locks(lock.asReadLock(), lock.asWriteLock());
                });
        trials.add("StampedLock write, optimistic read", LockTrials::optimisticRead);
        trials.add("Lock.tryLock", LockTrials::tryLock);
        trials.add("Condition", LockTrials::condition);
        trials.add("Condition with timeout", LockTrials::timedCondition);
        trials.add(
                "Semaphore",
                () -> {
                    var permits = new Semaphore(0);
                    return pair(permits::release, permits::acquire);
                });
        trials.add(
                "Semaphore.tryAcquire",
                () -> {
                    var permits = new Semaphore(0);
                    return pair(permits::release, () -> until(permits::tryAcquire));
                });
        trials.add(
                "CountDownLatch",
                () -> {
                    var latch = new CountDownLatch(1);
                    return pair(latch::countDown, latch::await);
                });
        trials.add(
                "CountDownLatch with timeout",
                () -> {
                    var latch = new CountDownLatch(1);
                    return pair(latch::countDown, () -> latch.await(1, TimeUnit.HOURS));
                });
        trials.add(
                "CyclicBarrier",
                () -> {
                    var barrier = new CyclicBarrier(2);
                    return pair(barrier::await, barrier::await);
                });
        trials.add(
                "Phaser",
                () -> {
                    var phaser = new Phaser(2);
                    return pair(phaser::arriveAndAwaitAdvance, phaser::arriveAndAwaitAdvance);
                });
        trials.add(
                "Phaser.arrive",
                () -> {
                    var phaser = new Phaser(1);
                    return pair(phaser::arrive, () -> phaser.awaitAdvance(0));
                });
        trials.add(
                "Exchanger",
                () -> {
                    var exchanger = new Exchanger<String>();
                    return pair(() -> exchanger.exchange("a"), () -> exchanger.exchange("b"));
                });
    }

    private static Pair locks(Lock first, @org.jspecify.annotations.Nullable Lock other) {
        Lock second = other == null ? first : other;
        boolean[] done = new boolean[1];
        return pair(
                () -> {
                    first.lock();
                    done[0] = true;
                    first.unlock();
                },
                () -> {
                    boolean seen = false;
                    while (!seen) {
                        second.lock();
                        seen = done[0];
                        second.unlock();
                        Thread.yield();
                    }
                });
    }

    private static Pair optimisticRead() {
        var lock = new StampedLock();
        boolean[] done = new boolean[1];
        return pair(
                () -> {
                    long stamp = lock.writeLock();
                    done[0] = true;
                    lock.unlockWrite(stamp);
                },
                () ->
                        until(() -> {
                            long stamp = lock.tryOptimisticRead();
                            boolean seen = done[0];
                            return lock.validate(stamp) && seen;
                        }));
    }

    private static Pair tryLock() {
        var lock = new ReentrantLock();
        boolean[] done = new boolean[1];
        return pair(
                () -> {
                    lock.lock();
                    done[0] = true;
                    lock.unlock();
                },
                () ->
                        until(() -> {
                            if (!lock.tryLock()) {
                                return false;
                            }
                            boolean seen = done[0];
                            lock.unlock();
                            return seen;
                        }));
    }

    private static Pair condition() {
        var lock = new ReentrantLock();
        Condition changed = lock.newCondition();
        boolean[] done = new boolean[1];
        return pair(
                () -> {
                    lock.lock();
                    done[0] = true;
                    changed.signal();
                    lock.unlock();
                },
                () -> {
                    lock.lock();
                    while (!done[0]) {
                        changed.await();
                    }
                    lock.unlock();
                });
    }

    private static Pair timedCondition() {
        var lock = new ReentrantLock();
        Condition changed = lock.newCondition();
        boolean[] done = new boolean[1];
        return pair(
                () -> {
                    lock.lock();
                    done[0] = true;
                    changed.signalAll();
                    lock.unlock();
                },
                () -> {
                    lock.lock();
                    while (!done[0]) {
                        var _ = changed.await(1, TimeUnit.HOURS);
                    }
                    lock.unlock();
                });
    }
}
