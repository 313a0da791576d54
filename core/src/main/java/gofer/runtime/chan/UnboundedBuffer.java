package gofer.runtime.chan;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A buffer that grows without a limit: a linked list of blocks.
///
/// A block is freed when its values have been taken. No operation copies values, so none takes long under the lock. A
/// receive needs no memory. A send that finds no memory for a block throws, and has not added its value.
final class UnboundedBuffer extends Buffer {

    private static final int BLOCK = 63; // values per block: with the link 64 references

    private static final class Block {

        final @Nullable Object[] values = new Object[BLOCK];
        @Nullable Block next;
    }

    private Block first = new Block();
    private Block last = first;
    private int head; // next index in `first` to take
    private int tail; // next index in `last` to fill

    @Override
    int capacity() {
        return Integer.MAX_VALUE;
    }

    @Override
    boolean glimpseRoom() {
        return true;
    }

    @Override
    boolean isFull() {
        return false;
    }

    @Override
    ChanResult put(Object value) {
        if (count() == Integer.MAX_VALUE) {
            throw new OutOfMemoryError("an unbounded channel holds " + count() + " values");
        }
        Object stored = Parcel.wrap(value);
        if (tail == BLOCK) {
            Block added = new Block();
            last.next = added;
            last = added;
            tail = 0;
        }
        last.values[tail++] = stored;
        setCount(count() + 1);
        return ChanResult.SENT;
    }

    @Override
    Object take() {
        if (head == BLOCK) {
            Block taken = first;
            first = Objects.requireNonNull(taken.next);
            taken.next = null; // an old block must not keep younger ones alive
            head = 0;
        }
        Object stored = Objects.requireNonNull(first.values[head]);
        first.values[head++] = null;
        setCount(count() - 1);
        if (isEmpty()) { // the only block: use it again
            head = 0;
            tail = 0;
        }
        return Parcel.open(stored);
    }
}
