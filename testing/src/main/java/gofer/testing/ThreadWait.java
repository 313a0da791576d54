package gofer.testing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A wait in real time for threads that are not under control, while all goroutines only poll.
final class ThreadWait {

    /// The maximum length of the wait, and the time between two checks, in nanoseconds.
    private static final long TIMEOUT = TimeUnit.SECONDS.toNanos(10);

    private static final long CHECK_INTERVAL = TimeUnit.MICROSECONDS.toNanos(100);

    private long start; // 0 before it begins

    /// Waits a moment longer. Returns false if the wait has timed out.
    boolean waitLonger() {
        long now = System.nanoTime();
        if (start == 0) {
            start = now;
        }
        if (now - start > TIMEOUT) {
            return false;
        }
        LockSupport.parkNanos(this, CHECK_INTERVAL);
        return true;
    }
}
