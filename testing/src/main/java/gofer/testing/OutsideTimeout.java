package gofer.testing;

import java.util.concurrent.TimeUnit;

/// The real time that a world waits for something outside to wake one of its goroutines, when no goroutine can run.
enum OutsideTimeout {
    /// Nothing outside can wake them.
    NONE(0, false),

    /// A goroutine waits for a lock of the JDK, which a thread of Gofer's runtime may hold for a moment.
    JDK_LOCK(TimeUnit.MILLISECONDS.toNanos(20), false),

    /// A wake-up is unlikely: the threads that could cause it are most likely unrelated.
    UNLIKELY(TimeUnit.MILLISECONDS.toNanos(500), false),

    /// Goroutines wait for something inside, and a thread outside may end that wait.
    POSSIBLE(TimeUnit.SECONDS.toNanos(10), true),

    /// Goroutines wait for something outside.
    EXPECTED(TimeUnit.SECONDS.toNanos(10), true);

    final long nanos;
    final boolean isLong; // then the loop may do something else in the meantime

    OutsideTimeout(long nanos, boolean isLong) {
        this.nanos = nanos;
        this.isLong = isLong;
    }

    /// Returns the message for a wait that timed out.
    static String message(boolean unlikely) {
        return unlikely
                ? "deadlock: goroutines wait for monitors or locks that no thread releases"
                : "goroutines wait for an event outside that does not occur";
    }
}
