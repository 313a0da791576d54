package gofer.testing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A wait, in real time, for what threads may do that are not under control, while all goroutines do no more than to look.
final class ThreadWait {

    /// How long it takes at most, in nanoseconds, and how long lies between two looks.
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    private static final long MOMENT = TimeUnit.MICROSECONDS.toNanos(100);

    private long start; // 0 if it has not begun

    /// Waits a moment more; false if it has been long enough.
    boolean lasts() {
        long now = System.nanoTime();
        if (start == 0) {
            start = now;
        }
        if (now - start > PATIENCE) {
            return false;
        }
        LockSupport.parkNanos(this, MOMENT);
        return true;
    }
}
