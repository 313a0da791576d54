package gofer.testing;

import java.util.concurrent.TimeUnit;

/// How long a world waits, in real time, for something outside to wake one of its goroutines when none can run.
enum OutsideTimeout {
    /// Nothing outside can wake them.
    NONE(0, false),

    /// A goroutine waits for a lock of the JDK, which a thread of the runtime may hold for a moment.
    MOMENT(TimeUnit.MILLISECONDS.toNanos(20), false),

    /// A wake-up is unlikely: the threads that could cause it most likely have nothing to do with it.
    LITTLE(TimeUnit.MILLISECONDS.toNanos(500), false),

    /// Goroutines wait for something inside, and a thread outside may end that wait.
    GOOD(TimeUnit.SECONDS.toNanos(10), true),

    /// Goroutines wait for something outside.
    SURE(TimeUnit.SECONDS.toNanos(10), true);

    final long patience; // nanoseconds of real time
    final boolean lasts; // meanwhile there may be something else to do

    OutsideTimeout(long patience, boolean lasts) {
        this.patience = patience;
        this.lasts = lasts;
    }

    /// Returns the message for a wait that was given up.
    static String given(boolean unlikely) {
        return unlikely
                ? "deadlock: goroutines wait for monitors or locks that no thread releases"
                : "goroutines wait for something outside that does not happen";
    }
}
