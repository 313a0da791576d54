package gofer.diagnostics;

import gofer.runtime.Contention;
import java.util.concurrent.locks.ReentrantLock;

/// Notes waits while somebody asks for them, unless the program has them noted anyway.
final class OnDemand {

    private final Contention contention;
    private final long rate;
    private final ReentrantLock lock = new ReentrantLock();
    private int users; // guarded by the lock, as the next
    private boolean switchedOn;

    /// @param rate see [Contention#setRate]
    OnDemand(Contention contention, long rate) {
        this.contention = contention;
        this.rate = rate;
    }

    /// One more asks.
    void begin() {
        lock.lock();
        try {
            if (users++ == 0) {
                switchedOn = contention.rate() == 0;
                if (switchedOn) {
                    contention.setRate(rate);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// One of them has what it wanted. A rate that the program has set meanwhile stays.
    void end() {
        lock.lock();
        try {
            if (--users == 0 && switchedOn && contention.rate() == rate) {
                contention.setRate(0);
            }
        } finally {
            lock.unlock();
        }
    }
}
