package gofer.runtime.chan;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// The buffer of a channel: a first-in first-out queue.
///
/// Not thread-safe: every call, except [#glimpse] and [#glimpseRoom], happens under the lock of the owning [ChanCore].
public abstract sealed class Buffer permits Ring, UnboundedBuffer {

    /// The index of a slot if the values themselves carry the happens-before edges; see [Parcel].
    static final int NO_SLOT = -1;

    private static final VarHandle COUNT =
            ConstantBootstraps.fieldVarHandle(
                    MethodHandles.lookup(), "count", VarHandle.class, Buffer.class, int.class);

    private int count; // how many values it holds; written with release, for glimpse

    /// Returns a new buffer for `capacity` values; [Integer#MAX_VALUE] is no limit.
    public static Buffer of(int capacity) {
        return capacity == Integer.MAX_VALUE ? new UnboundedBuffer() : new Ring(capacity);
    }

    /// Returns a new buffer for `capacity` values, at least one, that drops the oldest value or the new one when it is
    /// full.
    public static Buffer dropping(int capacity, boolean oldest) {
        return capacity == Integer.MAX_VALUE ? new UnboundedBuffer() : new DroppingRing(capacity, oldest);
    }

    /// Returns how many values it has room for.
    abstract int capacity();

    /// Returns how many values it holds. Runs without the lock.
    final int glimpse() {
        return (int) COUNT.getAcquire(this);
    }

    /// Returns whether [#put] would take a value. Runs without the lock.
    abstract boolean glimpseRoom();

    final int count() {
        return count;
    }

    final boolean isEmpty() {
        return count == 0;
    }

    /// Returns whether a sender has to wait.
    abstract boolean isFull();

    /// Adds a value at the end. Must not be called if the buffer is full. Returns [ChanResult#SENT] or
    /// [ChanResult#DROPPED].
    abstract ChanResult put(Object value);

    /// Takes the first value. Must not be called if there is none.
    abstract Object take();

    /// Returns how many values were dropped.
    long dropped() {
        return 0;
    }

    /// Returns the index of the next slot to take, for the happens-before edges.
    int head() {
        return NO_SLOT;
    }

    /// Returns the index of the next slot to fill. The buffer must not be full.
    int tail() {
        return NO_SLOT;
    }

    /// Leaves out a slot of an empty buffer, as if a value had passed through it.
    void skip() {}

    final void setCount(int now) {
        COUNT.setRelease(this, now);
    }
}
