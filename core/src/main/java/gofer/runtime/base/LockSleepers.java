package gofer.runtime.base;

import java.util.concurrent.atomic.AtomicIntegerArray;

/// The number of threads that are parked for a lock and cannot be woken in any other way. Deadlocks need to be searched
/// for only while it is not 0.
///
/// A thread that was garbage-collected, or that a [World] has abandoned, stays counted.
public final class LockSleepers {

    /*
     * The count is spread over several places, so that threads that wait for different locks rarely contend. A thread
     * is counted out where it was counted in. So while a thread sleeps, its place is never 0, and a reader that adds up
     * one place after the other does not miss it. A LongAdder would choose the place by the current core, and sometimes
     * needs memory. A sleeper must not need memory, because it is in a queue.
     */

    private static final int PLACES = 16;

    /// Two places this many numbers apart are in different cache lines.
    private static final int APART = 16;

    private static final AtomicIntegerArray COUNTS = new AtomicIntegerArray(PLACES * APART);

    private LockSleepers() {}

    public static void enter(Thread sleeper) {
        COUNTS.getAndIncrement(place(sleeper));
    }

    public static void leave(Thread sleeper) {
        COUNTS.getAndDecrement(place(sleeper));
    }

    private static int place(Thread sleeper) {
        return ((int) sleeper.threadId() & PLACES - 1) * APART;
    }

    /// Returns the number of sleepers. It is not 0 if a thread has been asleep during the whole call.
    public static int count() {
        int count = 0;
        for (int i = 0; i < PLACES; i++) {
            count += COUNTS.get(i * APART);
        }
        return count;
    }
}
