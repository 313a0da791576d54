package gofer.testing;

import java.util.concurrent.TimeUnit;

/// That something outside of a world wakes one of its goroutines, none of which can go on: how long that is waited for.
enum OutsideTimeout {
    /// There is nothing.
    NONE(0, false),

    /// A lock of the JDK's, which a thread of the runtime may hold for a moment.
    MOMENT(TimeUnit.MILLISECONDS.toNanos(20), false),

    /// It can hardly come: those who could bring it have most likely nothing to do with it.
    LITTLE(TimeUnit.MILLISECONDS.toNanos(500), false),

    /// Some wait for something inside, and somebody outside may call that off.
    GOOD(TimeUnit.SECONDS.toNanos(10), true),

    /// Some wait for something that is outside.
    SURE(TimeUnit.SECONDS.toNanos(10), true);

    final long patience; // nanoseconds of real time
    final boolean lasts; // there may be something else to do meanwhile

    OutsideTimeout(long patience, boolean lasts) {
        this.patience = patience;
        this.lasts = lasts;
    }

    /// What to say if it was given up.
    static String given(boolean unlikely) {
        return unlikely
                ? "deadlock: goroutines wait for monitors or locks, and nobody releases them"
                : "goroutines wait for something outside, and it does not come";
    }
}
