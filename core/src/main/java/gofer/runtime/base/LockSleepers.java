package gofer.runtime.base;

import java.util.concurrent.atomic.AtomicIntegerArray;

/// The number of threads that are parked for a lock and cannot be woken in any other way. Deadlocks need to be searched
/// for only while it is not 0.
///
/// A thread that was garbage-collected, or that a [World] has abandoned, stays counted.
public final class LockSleepers {

    /*
     * The count is striped, so that threads that wait for different locks rarely contend. A thread decrements the
     * stripe that it has incremented. So while a thread sleeps, its stripe is never 0, and a reader that adds up one
     * stripe after the other does not miss it. A LongAdder would choose the stripe by the current core, and sometimes
     * needs memory. A sleeper must not need memory, because it is in a queue.
     */

    private static final int STRIPES = 16;

    /// The distance between two stripes, in elements, so that they are in different cache lines.
    private static final int STRIDE = 16;

    private static final AtomicIntegerArray COUNTS = new AtomicIntegerArray(STRIPES * STRIDE);

    private LockSleepers() {}

    public static void enter(Thread sleeper) {
        COUNTS.getAndIncrement(index(sleeper));
    }

    public static void leave(Thread sleeper) {
        COUNTS.getAndDecrement(index(sleeper));
    }

    private static int index(Thread sleeper) {
        return ((int) sleeper.threadId() & STRIPES - 1) * STRIDE;
    }

    /// Returns the number of sleepers. It is not 0 if a thread has been asleep during the whole call.
    public static int count() {
        int count = 0;
        for (int i = 0; i < STRIPES; i++) {
            count += COUNTS.get(i * STRIDE);
        }
        return count;
    }
}
