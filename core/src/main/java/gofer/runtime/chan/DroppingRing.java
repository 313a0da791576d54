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
        if (count() == capacity()) {
            dropped++;
            if (!dropsOldest) {
                return ChanResult.DROPPED;
            }
            var _ = super.take();
        }
        append(Parcel.wrap(value));
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
