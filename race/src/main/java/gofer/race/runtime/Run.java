package gofer.race.runtime;

import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/// The accesses of a strand to a cell at one place, in the epoch of the [Seen].
final class Run {

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    /// Twice the site, plus 1 for writes.
    final int key;

    final Seen seen;
    final @Nullable Run next;

    private long set; // of variables

    Run(Seen seen, int key, @Nullable Run next) {
        this.seen = seen;
        this.key = key;
        this.next = next;
    }

    static int key(int site, boolean writes) {
        return site << 1 | (writes ? 1 : 0);
    }

    boolean writes() {
        return (key & 1) != 0;
    }

    /// Returns the variables that were accessed.
    long set() {
        return set;
    }

    void clear() {
        set = 0;
    }

    /// Records an access to an element of an array, if that was recorded before or if the cell is claimed. Returns false if not.
    boolean record(Object array, int index) {
        Cell cell = seen.cell;
        if (!seen.isCurrent() || cell.key != index >> Cell.SIZE_BITS || !cell.shadow.isOf(array)) {
            return false;
        }
        return (set & 1L << index) != 0 || cell.hasClaim(seen) && add(1L << index);
    }

    /// Records accesses of the claim. Returns false if that has ended, so that no other strand may have seen them.
    boolean add(long added) {
        set |= added;
        UNSAFE.storeFence(); // the JIT compiler must keep this order
        if (seen.cell.hasClaim(seen)) {
            return true;
        }
        set &= ~added;
        return false;
    }

    /// Records accesses that are recorded in the cell.
    void remember(long recorded) {
        set |= recorded;
    }
}
