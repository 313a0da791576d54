package gofer.runtime.lock;

import gofer.runtime.park.HolderId;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.LongStream;

/// Who has taken how many of a few permits.
final class PermitHolders {

    /*
     * A slot is 0 or says that somebody, named as in MutexCore, has some permits: its id in the upper half, their number in
     * the lower. There are as many slots as permits, so that there is one for everybody who has any. Only who has permits
     * changes their slot; so slots are taken by compare-and-set, and that is all.
     */

    private static final int ID_SHIFT = 32;

    private final AtomicLongArray slots;

    /// Of so many permits.
    PermitHolders(int permits) {
        slots = new AtomicLongArray(permits);
    }

    /// Notes that `holder` has `n` permits more, at least one. They are its own by now.
    void add(Thread holder, long n) {
        long id = HolderId.of(holder);
        int slot = home(id);
        while (!slots.weakCompareAndSetVolatile(slot, 0, id << ID_SHIFT | n)) {
            slot = after(slot);
        }
    }

    /// Notes that `holder` gives back `n` permits, which are its own until then; false if it has fewer.
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

    /// The ids of all, in order, if they have `permits` in all; empty if somebody is just taking some or giving some back.
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
