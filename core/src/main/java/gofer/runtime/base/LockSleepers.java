package gofer.runtime.base;

import java.util.concurrent.atomic.AtomicIntegerArray;

/// How many threads are parked for a lock, and nothing else could end that: only then need anybody search for deadlocks.
///
/// One that the garbage collector has taken, or that a [World] has left behind, stays counted.
public final class LockSleepers {

    /*
     * Counted in several places, so that those who wait for different locks seldom meet. A thread is counted out where it
     * was counted in: so while one sleeps, its place is not 0 at any time, and who looks at one place after the other does
     * not miss it. A LongAdder has places for the core that one happens to run on, and now and then needs memory, which a
     * sleeper must not: it stands in a queue.
     */

    private static final int PLACES = 16;

    /// So many numbers apart two places are on different lines of the caches.
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

    /// How many there are; not 0 if one has been there all the while.
    public static int count() {
        int count = 0;
        for (int i = 0; i < PLACES; i++) {
            count += COUNTS.get(i * APART);
        }
        return count;
    }
}
