package gofer.bench.peers;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// Locks, and types built from them.
final class JdkSync {

    private JdkSync() {}

    static void addTo(JdkPeer peer) {
        for (int threads : new int[] {1, 2, 100}) {
            peer.row("mutex-" + threads, n -> mutex(n, threads));
            peer.row("rwmutex-" + threads, n -> readWriteLock(n, threads));
        }
        peer.row("wait-group", JdkSync::phaser);
        peer.row("cond-barrier", JdkSync::barrier);
    }

    /// Guarded by the lock of the row.
    private static final class Counter {
        int value;
    }

    private static long mutex(int n, int threads) throws InterruptedException {
        var lock = new ReentrantLock();
        var counter = new Counter();
        var running = new CountDownLatch(threads);
        for (int t = 0; t < threads; t++) {
            JdkPeer.start(() -> {
                for (int i = 0; i < n / threads; i++) {
                    lock.lock();
                    try {
                        counter.value++;
                    } finally {
                        lock.unlock();
                    }
                }
                running.countDown();
            });
        }
        running.await();
        return counter.value;
    }

    private static long readWriteLock(int n, int threads) throws InterruptedException {
        var lock = new ReentrantReadWriteLock();
        var counter = new Counter();
        var mostSeen = new AtomicInteger();
        var running = new CountDownLatch(threads);
        for (int t = 0; t < threads; t++) {
            JdkPeer.start(() -> {
                Lock reading = lock.readLock();
                Lock writing = lock.writeLock();
                int seen = 0;
                for (int i = 0; i < n / threads; i++) {
                    if (i % 10 == 0) {
                        writing.lock();
                        try {
                            counter.value++;
                        } finally {
                            writing.unlock();
                        }
                    } else {
                        reading.lock();
                        try {
                            seen = counter.value;
                        } finally {
                            reading.unlock();
                        }
                    }
                }
                mostSeen.accumulateAndGet(seen, Math::max);
                running.countDown();
            });
        }
        running.await();
        return Math.max(counter.value, mostSeen.get());
    }

    private static long phaser(int n) {
        var counts = new AtomicLong();
        var phaser = new Phaser(1);
        for (int t = 0; t < 100; t++) {
            phaser.register();
            JdkPeer.start(() -> {
                for (int i = 0; i < n / 100; i++) {
                    phaser.register();
                    counts.incrementAndGet();
                    phaser.arriveAndDeregister();
                }
                phaser.arriveAndDeregister();
            });
        }
        phaser.arriveAndAwaitAdvance();
        return counts.get();
    }

    private static long barrier(int n) throws InterruptedException {
        var barrier = new Barrier(10);
        var running = new CountDownLatch(10);
        for (int t = 0; t < 10; t++) {
            JdkPeer.start(() -> {
                for (int i = 0; i < n / 10; i++) {
                    barrier.arrive();
                }
                running.countDown();
            });
        }
        running.await();
        return barrier.arrivals;
    }

    private static final class Barrier {

        private final Lock lock = new ReentrantLock();
        private final Condition roundOver = lock.newCondition();
        private final int parties;
        private int missing; // guarded by the lock, like the next two
        private int round;
        private int arrivals;

        Barrier(int parties) {
            this.parties = parties;
            missing = parties;
        }

        void arrive() throws InterruptedException {
            lock.lock();
            try {
                arrivals++;
                missing--;
                if (missing == 0) {
                    missing = parties;
                    round++;
                    roundOver.signalAll();
                    return;
                }
                int own = round;
                while (round == own) {
                    roundOver.await();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
