package gofer.runtime.chan;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A buffer of a fixed size. A sender waits while it is full.
sealed class Ring extends Buffer permits DroppingRing {

    private final @Nullable Object[] slots;
    private int head; // next slot to take

    Ring(int capacity) {
        try {
            slots = new Object[capacity];
        } catch (OutOfMemoryError full) {
            throw new OutOfMemoryError("makechan: no memory for a capacity of " + capacity + ": " + full.getMessage());
        }
    }

    @Override
    final int capacity() {
        return slots.length;
    }

    @Override
    boolean glimpseRoom() {
        return glimpse() < slots.length;
    }

    @Override
    boolean isFull() {
        return count() == slots.length;
    }

    @Override
    int head() {
        return head;
    }

    @Override
    int tail() {
        int tail = head + count();
        return tail < slots.length ? tail : tail - slots.length;
    }

    @Override
    void skip() {
        advance();
    }

    @Override
    ChanResult put(Object value) {
        append(value);
        return ChanResult.SENT;
    }

    final void append(Object value) {
        int tail = head + count();
        slots[tail < slots.length ? tail : tail - slots.length] = value;
        setCount(count() + 1);
    }

    @Override
    Object take() {
        Object value = Objects.requireNonNull(slots[head]);
        slots[head] = null;
        advance();
        setCount(count() - 1);
        return value;
    }

    /// Takes the first value of a full ring and adds `last` at the end, so that no other thread ever sees a free slot.
    final Object exchange(Object last) {
        Object first = Objects.requireNonNull(slots[head]);
        slots[head] = last;
        advance();
        return first;
    }

    /// Removes all values. Returns whether there were any.
    final boolean clear() {
        boolean any = count() > 0;
        while (count() > 0) {
            take();
        }
        return any;
    }

    private void advance() {
        head = head + 1 < slots.length ? head + 1 : 0;
    }
}
