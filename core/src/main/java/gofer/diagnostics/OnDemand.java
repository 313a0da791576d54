package gofer.diagnostics;

import gofer.runtime.park.Contention;
import java.util.concurrent.locks.ReentrantLock;

/// A switch for the recording of waits, which is on while at least one request for a profile is in progress.
final class OnDemand {

    private final Contention contention;
    private final long rate;
    private final ReentrantLock lock = new ReentrantLock();
    private int users; // guarded by the lock

    /// @param rate the argument of [Contention#setToolRate]
    OnDemand(Contention contention, long rate) {
        this.contention = contention;
        this.rate = rate;
    }

    /// Begins a request.
    void begin() {
        lock.lock();
        try {
            if (users++ == 0) {
                contention.setToolRate(rate);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Ends a request.
    void end() {
        lock.lock();
        try {
            if (--users == 0) {
                contention.setToolRate(0);
            }
        } finally {
            lock.unlock();
        }
    }
}
