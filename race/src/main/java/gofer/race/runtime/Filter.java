package gofer.race.runtime;

import org.jspecify.annotations.Nullable;

/// The cells that a strand has accessed last, with what it accessed in its current epoch. That need not be recorded again: until
/// the epoch changes, no other strand can have an access that is ordered after it.
final class Filter {

    private static final @Nullable Seen[] NONE = new @Nullable Seen[1];
    private static final int SITES = 64; // powers of 2
    private static final int INITIAL_CAPACITY = 64;
    private static final int MAXIMAL_CAPACITY = 1024;

    private final CurrentEpoch now;
    private @Nullable Seen[] bySite = NONE;
    private @Nullable Seen[] byObject = NONE;
    private int misses; // since the table has this size

    Filter(CurrentEpoch now) {
        this.now = now;
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
            seen = new Seen(now, length < 0 ? shadow.cell(key) : shadow.chunk(key, length));
            add(place, seen);
        }
        return seen;
    }

    /// Does the same for elements of an array. It is faster if `last` is a cell of the array.
    Seen findNear(@Nullable Seen last, Object array, int chunk, int length) {
        Shadow shadow = last == null ? null : last.cell.shadow;
        int hash = shadow != null && shadow.isOf(array) ? shadow.hash : System.identityHashCode(array);
        return findByHash(array, hash, chunk, length);
    }

    /// Returns a cell, which is now the last one at `site`.
    Seen add(Cell cell, int site) {
        begin();
        int place = site & bySite.length - 1;
        Seen seen = bySite[place];
        if (seen == null || seen.cell != cell) {
            seen = new Seen(now, cell);
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
}
