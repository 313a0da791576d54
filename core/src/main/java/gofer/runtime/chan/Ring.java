package gofer.runtime.chan;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A bounded first-in first-out buffer.
///
/// Not thread-safe: every call happens under the lock of the owning [ChanCore].
final class Ring {

    private static final VarHandle COUNT =
            ConstantBootstraps.fieldVarHandle(MethodHandles.lookup(), "count", VarHandle.class, Ring.class, int.class);

    private final @Nullable Object[] slots;
    private int head; // next slot to take
    private int count; // slots in use; 0 <= count <= slots.length; written with release, for glimpse

    Ring(int capacity) {
        try {
            slots = new Object[capacity];
        } catch (OutOfMemoryError full) {
            throw new OutOfMemoryError("makechan: no memory for a capacity of " + capacity + ": " + full.getMessage());
        }
    }

    int capacity() {
        return slots.length;
    }

    /// Returns how many values the ring holds. Runs without the lock.
    int glimpse() {
        return (int) COUNT.getAcquire(this);
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean isFull() {
        return count == slots.length;
    }

    /// Returns the index of the next slot to take.
    int head() {
        return head;
    }

    /// Returns the index of the next slot to fill. The ring must not be full.
    int tail() {
        int tail = head + count;
        return tail < slots.length ? tail : tail - slots.length;
    }

    /// Leaves out a slot of an empty ring, as if a value had passed through it.
    void skip() {
        advance();
    }

    void put(Object value) {
        slots[tail()] = value;
        setCount(count + 1);
    }

    Object take() {
        Object value = Objects.requireNonNull(slots[head]);
        slots[head] = null;
        advance();
        setCount(count - 1);
        return value;
    }

    /// Takes the first value of a full ring and adds `last` at the end, so that no other thread ever sees a free slot.
    Object exchange(Object last) {
        Object first = Objects.requireNonNull(slots[head]);
        slots[head] = last;
        advance();
        return first;
    }

    /// Removes all values. Returns whether there were any.
    boolean clear() {
        boolean any = count > 0;
        while (count > 0) {
            take();
        }
        return any;
    }

    private void advance() {
        head = head + 1 < slots.length ? head + 1 : 0;
    }

    private void setCount(int now) {
        COUNT.setRelease(this, now);
    }
}
