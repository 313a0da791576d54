package gofer.runtime.lock;

import gofer.runtime.park.HolderId;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.LongStream;

/// Records how many permits of a semaphore each thread has acquired.
final class PermitHolders {

    /*
     * A slot is 0, or it records the permits of one thread: the thread's id in the upper half (see HolderId), the number of
     * permits in the lower. There are as many slots as permits, so there is a slot for each holder. Only the holder changes
     * its slot. So a compare-and-set is needed only to take a free slot.
     */

    private static final int ID_SHIFT = 32;

    private final AtomicLongArray slots;

    /// Creates the record for a semaphore with `permits` permits.
    PermitHolders(int permits) {
        slots = new AtomicLongArray(permits);
    }

    /// Records that `holder` has acquired `n` permits, at least one.
    void add(Thread holder, long n) {
        long id = HolderId.of(holder);
        int slot = home(id);
        while (!slots.weakCompareAndSetVolatile(slot, 0, id << ID_SHIFT | n)) {
            slot = after(slot);
        }
    }

    /// Records that `holder` is about to release `n` permits. Returns false if it has fewer.
    boolean remove(Thread holder, long n) {
        long id = HolderId.of(holder);
        int slot = home(id);
        long left = n;
        for (int i = 0; i < slots.length() && left > 0; i++) {
            long seen = slots.get(slot);
            if (seen >>> ID_SHIFT == id) {
                long here = Math.min(left, permits(seen));
                slots.setRelease(slot, permits(seen) == here ? 0 : seen - here);
                left -= here;
            }
            slot = after(slot);
        }
        return left == 0;
    }

    /// Returns the ids of all holders, in order, if they have `permits` permits in all. Returns an empty list if a thread is
    /// acquiring or releasing some at this moment.
    List<Long> ids(long permits) {
        long[] seen = LongStream.range(0, slots.length()).map(i -> slots.get((int) i)).filter(s -> s != 0).toArray();
        return LongStream.of(seen).map(PermitHolders::permits).sum() == permits
                ? LongStream.of(seen).map(slot -> slot >>> ID_SHIFT).distinct().sorted().boxed().toList()
                : List.of();
    }

    private static long permits(long slot) {
        return (int) slot;
    }

    private int home(long id) {
        return (int) (id % slots.length());
    }

    private int after(int slot) {
        return slot + 1 == slots.length() ? 0 : slot + 1;
    }
}
