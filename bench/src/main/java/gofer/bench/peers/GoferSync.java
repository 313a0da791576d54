package gofer.bench.peers;

import static gofer.Go.*;

import gofer.sync.Cond;
import gofer.sync.Mutex;
import gofer.sync.Once;
import gofer.sync.RWMutex;
import gofer.sync.WaitGroup;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Locks, and types built from them.
final class GoferSync {

    private GoferSync() {}

    static void addTo(GoferPeer peer) {
        for (int goroutines : new int[] {1, 2, 100}) {
            peer.row("mutex-" + goroutines, n -> mutex(n, goroutines));
            peer.row("rwmutex-" + goroutines, n -> rwMutex(n, goroutines));
        }
        peer.row("wait-group", GoferSync::waitGroup);
        peer.row("cond-barrier", GoferSync::barrier);
        peer.row("once", GoferSync::once);
    }

    /// Guarded by the lock of the row.
    private static final class Counter {
        int value;
    }

    private static long mutex(int n, int goroutines) {
        var mu = new Mutex();
        var counter = new Counter();
        var wg = new WaitGroup();
        for (int g = 0; g < goroutines; g++) {
            wg.go(() -> {
                for (int i = 0; i < n / goroutines; i++) {
                    try (var _ = mu.lock()) {
                        counter.value++;
                    }
                }
            });
        }
        wg.await();
        return counter.value;
    }

    private static long rwMutex(int n, int goroutines) {
        var mu = new RWMutex();
        var counter = new Counter();
        var mostSeen = new AtomicInteger();
        var wg = new WaitGroup();
        for (int g = 0; g < goroutines; g++) {
            wg.go(() -> {
                int seen = 0;
                for (int i = 0; i < n / goroutines; i++) {
                    if (i % 10 == 0) {
                        try (var _ = mu.lock()) {
                            counter.value++;
                        }
                    } else {
                        try (var _ = mu.rLock()) {
                            seen = counter.value;
                        }
                    }
                }
                mostSeen.accumulateAndGet(seen, Math::max);
            });
        }
        wg.await();
        return Math.max(counter.value, mostSeen.get());
    }

    private static long waitGroup(int n) {
        var counts = new AtomicLong();
        var wg = new WaitGroup();
        wg.add(1);
        for (int g = 0; g < 100; g++) {
            wg.go(() -> {
                for (int i = 0; i < n / 100; i++) {
                    wg.add(1);
                    counts.incrementAndGet();
                    wg.done();
                }
            });
        }
        wg.done();
        wg.await();
        return counts.get();
    }

    private static long barrier(int n) {
        var barrier = new Barrier(10);
        var wg = new WaitGroup();
        for (int g = 0; g < 10; g++) {
            wg.go(() -> {
                for (int i = 0; i < n / 10; i++) {
                    barrier.arrive();
                }
            });
        }
        wg.await();
        return barrier.arrivals;
    }

    private static final class Barrier {

        private final Mutex mu = new Mutex();
        private final Cond roundOver = new Cond(mu);
        private final int parties;
        private int missing; // guarded by mu, like the next two
        private int round;
        private int arrivals;

        Barrier(int parties) {
            this.parties = parties;
            missing = parties;
        }

        void arrive() {
            try (var _ = mu.lock()) {
                arrivals++;
                missing--;
                if (missing == 0) {
                    missing = parties;
                    round++;
                    roundOver.broadcast();
                    return;
                }
                int own = round;
                while (round == own) {
                    roundOver.await();
                }
            }
        }
    }

    private static long once(int n) {
        var runs = new AtomicInteger();
        var calls = new AtomicLong();
        var once = new Once();
        Runnable run = runs::incrementAndGet;
        var wg = new WaitGroup();
        for (int g = 0; g < 2; g++) {
            wg.go(() -> {
                int own = 0;
                for (int i = 0; i < n / 2; i++) {
                    once.run(run);
                    own++;
                }
                calls.addAndGet(own);
            });
        }
        wg.await();
        return calls.get() + runs.get();
    }
}
