package gofer.runtime.chan;

/// A buffer of a fixed size that drops a value when it is full: the oldest one, or the new one.
final class DroppingRing extends Ring {

    private final boolean dropsOldest;
    private long dropped;

    DroppingRing(int capacity, boolean dropsOldest) {
        super(capacity);
        this.dropsOldest = dropsOldest;
    }

    @Override
    boolean glimpseRoom() {
        return true;
    }

    /// Returns false: no sender waits.
    @Override
    boolean isFull() {
        return false;
    }

    @Override
    ChanResult put(Object value) {
        boolean full = count() == capacity();
        if (full && !dropsOldest) {
            dropped++;
            return ChanResult.DROPPED;
        }
        Object stored = Parcel.wrap(value);
        if (full) {
            dropped++;
            var _ = exchange(stored); // at no moment does the buffer look empty
        } else {
            append(stored);
        }
        return ChanResult.SENT;
    }

    @Override
    Object take() {
        return Parcel.open(super.take());
    }

    @Override
    long dropped() {
        return dropped;
    }

    @Override
    int head() {
        return NO_SLOT;
    }

    @Override
    int tail() {
        return NO_SLOT;
    }

    @Override
    void skip() {}
}
