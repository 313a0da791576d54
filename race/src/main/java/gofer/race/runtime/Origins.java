package gofer.race.runtime;

import org.jspecify.annotations.Nullable;

/// What is known about threads, by the identities of their strands: of all that run, and of those that ended last.
final class Origins {

    /// How many threads that have ended are kept.
    private static final int KEPT = 1 << 16;

    private static final SpinLock LOCK = new SpinLock();
    private static final LongMap<Origin> BY_ID = new LongMap<>();
    private static final int[] ENDED = new int[KEPT]; // a ring; 0 in a free place
    private static int last;

    private Origins() {}

    static void add(int id, Origin origin) {
        LOCK.lock();
        try {
            BY_ID.put(id, origin);
        } finally {
            LOCK.unlock();
        }
    }

    /// Records that a strand has ended. It is kept for a while if it can be part of a race.
    static void end(Strand strand) {
        if (strand.everAccessed && strand.origin != null) {
            strand.origin.end();
        }
        LOCK.lock();
        try {
            if (strand.everAccessed) {
                last = last + 1 & KEPT - 1;
                BY_ID.remove(ENDED[last]);
                ENDED[last] = strand.id();
            } else {
                BY_ID.remove(strand.id());
            }
        } finally {
            LOCK.unlock();
        }
    }

    /// Returns what is known about a strand; null if it is no longer kept.
    static @Nullable Origin get(int id) {
        LOCK.lock();
        try {
            return BY_ID.get(id);
        } finally {
            LOCK.unlock();
        }
    }

    /// Returns how many strands are kept, for tests.
    static int size() {
        LOCK.lock();
        try {
            return BY_ID.size();
        } finally {
            LOCK.unlock();
        }
    }
}
