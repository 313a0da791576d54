package gofer.diagnostics;

import gofer.runtime.park.Contention;
import java.util.concurrent.locks.ReentrantLock;

/// Has waits noted while somebody asks for them.
final class OnDemand {

    private final Contention contention;
    private final long rate;
    private final ReentrantLock lock = new ReentrantLock();
    private int users; // guarded by the lock

    /// @param rate see [Contention#demand]
    OnDemand(Contention contention, long rate) {
        this.contention = contention;
        this.rate = rate;
    }

    /// One more asks.
    void begin() {
        lock.lock();
        try {
            if (users++ == 0) {
                contention.demand(rate);
            }
        } finally {
            lock.unlock();
        }
    }

    /// One of them has what it wanted.
    void end() {
        lock.lock();
        try {
            if (--users == 0) {
                contention.demand(0);
            }
        } finally {
            lock.unlock();
        }
    }
}
