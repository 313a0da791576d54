package gofer.race.runtime;

import java.lang.reflect.Array;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/// The cells that a strand has accessed last, with what it accessed in its current epoch. That need not be recorded again: until
/// the epoch changes, no other strand can have an access that is ordered after it.
final class Filter {

    private static final @Nullable Seen[] NONE = new @Nullable Seen[1];
    private static final int SITES = 64; // powers of 2
    private static final int INITIAL_CAPACITY = 64;
    private static final int MAXIMAL_CAPACITY = 1024;

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    /// The number of accesses with the lock after which a strand tries to claim a cell.
    private static final int CLAIM_COUNT = 8;

    private final Strand strand;
    private @Nullable Seen[] bySite = NONE;
    private @Nullable Seen[] byObject = NONE;
    private int misses; // since the table has this size

    Filter(Strand strand) {
        this.strand = strand;
    }

    /// Forgets all cells.
    void clear() {
        bySite = NONE;
        byObject = NONE;
    }

    private void begin() {
        if (bySite == NONE) {
            bySite = new @Nullable Seen[SITES];
            byObject = new @Nullable Seen[INITIAL_CAPACITY];
        }
    }

    /// Returns the cell of the last access at `site`; null if that is another one.
    @Nullable Seen last(Object object, int key, int site) {
        Seen seen = bySite[site & bySite.length - 1];
        return seen != null && seen.isOf(object, key) ? seen : null;
    }

    /// Returns a cell that the strand has accessed. If it is not here, takes it from the shadow of the object.
    ///
    /// @param length of the array; -1 if the variable is not an element
    Seen find(Object object, int key, int length, int site) {
        Seen last = last(object, key, site);
        return last == null ? findByObject(object, key, length, site) : last;
    }

    /// Does the same if the last access at `site` was to another cell.
    Seen findByObject(Object object, int key, int length, int site) {
        Seen seen = findByHash(object, System.identityHashCode(object), key, length);
        bySite[site & bySite.length - 1] = seen;
        return seen;
    }

    private Seen findByHash(Object object, int hash, int key, int length) {
        begin();
        int place = place(hash, key);
        Seen seen = byObject[place];
        if (seen == null || !seen.isOf(object, key)) {
            Shadow shadow = Shadows.of(object);
            seen = new Seen(strand, length < 0 ? shadow.cell(key) : shadow.chunk(key, length));
            add(place, seen);
        }
        return seen;
    }

    /// Does the same for elements of an array, if `last` may be a cell of that array.
    Seen findNear(@Nullable Seen last, Object array, int chunk, int length) {
        if (last == null || !last.cell.shadow.isOf(array)) {
            return findByHash(array, System.identityHashCode(array), chunk, length);
        }
        return last.cell.key == chunk ? last : findByHash(array, last.cell.shadow.hash, chunk, length);
    }

    /// Returns a cell, which is now the last one at `site`.
    Seen add(Cell cell, int site) {
        begin();
        int place = site & bySite.length - 1;
        Seen seen = bySite[place];
        if (seen == null || seen.cell != cell) {
            seen = new Seen(strand, cell);
            bySite[place] = seen;
        }
        return seen;
    }

    private void add(int place, Seen seen) {
        if (++misses > byObject.length * 4 && byObject.length < MAXIMAL_CAPACITY) {
            misses = 0;
            byObject = new @Nullable Seen[byObject.length * 2];
        } else {
            byObject[place] = seen;
        }
    }

    private int place(int hash, int key) {
        return (hash + key) * 0x9E37_79B9 >>> 8 & byObject.length - 1;
    }

    /// A cell and what the strand has accessed in it.
    static final class Seen {

        final Strand strand;
        final Cell cell;
        private long epoch;
        private long reads; // or writes
        private long writes;
        private int count; // of accesses with the lock of the cell
        private @Nullable Claim claim;
        private boolean isClaimed; // false: the claim has ended; true: it may have

        Seen(Strand strand, Cell cell) {
            this.strand = strand;
            this.cell = cell;
        }

        boolean isOf(Object object, int key) {
            return cell.key == key && cell.shadow.isOf(object);
        }

        /// Returns whether a read of an element of an array need not be recorded.
        boolean includesRead(Object array, int index) {
            return epoch == strand.epoch
                    && (reads & 1L << index) != 0
                    && cell.key == index >> Cell.SIZE_BITS
                    && cell.shadow.isOf(array);
        }

        /// Returns whether a write of an element of an array need not be recorded.
        boolean includesWrite(Object array, int index) {
            return epoch == strand.epoch
                    && (writes & 1L << index) != 0
                    && cell.key == index >> Cell.SIZE_BITS
                    && cell.shadow.isOf(array);
        }

        /// Records an access to an element of an array without the lock of the cell. Returns false if it cannot.
        boolean record(Object array, int index, boolean writing, int site) {
            Claim mine = claim;
            if (mine == null
                    || !isClaimed
                    || mine.epoch() != strand.epoch
                    || cell.key != index >> Cell.SIZE_BITS
                    || !cell.shadow.isOf(array)
                    || index >= Array.getLength(array)) {
                return false;
            }
            long set = 1L << index;
            mine.add(set, (long) site << 1 | (writing ? 1 : 0));
            UNSAFE.storeFence(); // the JIT compiler must keep this order
            isClaimed = cell.hasClaim(mine);
            if (isClaimed) {
                add(set, writing);
            }
            return isClaimed;
        }

        boolean includes(long set, boolean writing) {
            return epoch == strand.epoch && (set & ~(writing ? writes : reads)) == 0;
        }

        /// Records an access, for which the cell was locked.
        void addLocked(long set, boolean writing) {
            add(set, writing);
            if (++count >= CLAIM_COUNT || cell.isUsuallyClaimed()) {
                if (claim == null) {
                    claim = new Claim();
                }
                isClaimed = cell.claim(strand, claim);
            }
        }

        /// Records an access.
        void add(long set, boolean writing) {
            if (epoch != strand.epoch) {
                epoch = strand.epoch;
                reads = 0;
                writes = 0;
            }
            reads |= set;
            if (writing) {
                writes |= set;
            }
        }
    }
}
