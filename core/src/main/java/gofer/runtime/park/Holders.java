package gofer.runtime.park;

import java.util.concurrent.atomic.AtomicLongArray;

/// Finds the goroutine that a lock names as its holder, see [HolderId], for traces.
///
/// The table has a fixed size and contains only numbers. So it keeps nothing alive, and nothing has to be removed from it. If
/// more goroutines run than it has entries, it does not find all of them.
final class Holders {

    /*
     * The entry of a goroutine is at the lower bits of the id of its thread. It consists of the remaining bits of the holder
     * id, and of the goroutine's id.
     */

    private static final int INDEX_BITS = 14; // 16,384 entries take 128 kB
    private static final int ID_BITS = 32 + INDEX_BITS;

    private static final AtomicLongArray ENTRIES = new AtomicLongArray(1 << INDEX_BITS);

    private Holders() {}

    /// Adds the goroutine of `thread`, if it has one.
    static void add(Thread thread) {
        if (Fiber.of(thread) instanceof Fiber goroutine) {
            long holder = HolderId.of(thread);
            ENTRIES.setOpaque(index(holder), holder >>> INDEX_BITS << ID_BITS | id(goroutine.id()));
        }
    }

    /// Returns the id of the goroutine that a lock knows as `holder`; 0 if it is not known.
    static long goroutine(long holder) {
        long entry = ENTRIES.getOpaque(index(holder));
        return entry >>> ID_BITS == holder >>> INDEX_BITS ? id(entry) : 0;
    }

    private static int index(long holder) {
        return (int) holder & (1 << INDEX_BITS) - 1;
    }

    private static long id(long bits) {
        return bits & (1L << ID_BITS) - 1;
    }
}
