package gofer.race.runtime;

/// The identities of 32 strands that follow each other. Only clocks and strands that live refer to it.
final class Block extends SpinLock {

    static final int SIZE = 32;

    /// Of a strand that has no identity yet.
    static final Block NONE = new Block(0);

    private static final SpinLock CREATION = new SpinLock();

    private static Block current = new Block(0);
    private static volatile int next = 1; // 0 means that there is no strand

    static {
        current.end(0, 0);
    }

    private final int first;
    private final int[] lastTimes = new int[SIZE];
    private int ended;
    private volatile boolean complete;

    private Block(int first) {
        this.first = first;
    }

    /// Returns how many identities there are so far.
    static int count() {
        return next;
    }

    /// Takes the next identity for `strand`.
    static void identify(Strand strand) {
        CREATION.lock();
        try {
            int id = next;
            if (id % SIZE == 0) {
                current = new Block(id);
            }
            strand.identify(current, id);
            next = id + 1;
        } finally {
            CREATION.unlock();
        }
    }

    /// Records that a strand has ended.
    ///
    /// @param lastTime the last of its times that is in an epoch or in the name of a stamp
    void end(int id, int lastTime) {
        lock();
        try {
            lastTimes[id - first] = lastTime;
            if (++ended == SIZE) {
                complete = true;
            }
        } finally {
            unlock();
        }
    }

    /// Returns whether all strands have ended and `times` are not before their last times.
    boolean isCoveredBy(int[] times) {
        if (!complete) {
            return false;
        }
        for (int i = 0; i < SIZE; i++) {
            if (times[i] < lastTimes[i]) {
                return false;
            }
        }
        return true;
    }
}
