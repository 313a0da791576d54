package gofer.race.runtime;

import org.jspecify.annotations.Nullable;

/// The cells that a strand has accessed last, with what it accessed in its current epoch. That need not be recorded again: until
/// the epoch changes, no other strand can have an access that is ordered after it.
final class Filter {

    /// Of a strand that has accessed no cell.
    static final Filter NONE = new Filter(1, 1);

    private static final int SITES = 64; // powers of 2
    private static final int INITIAL_CAPACITY = 64;
    private static final int MAXIMAL_CAPACITY = 1024;

    private final @Nullable Seen[] bySite;
    private @Nullable Seen[] byObject;
    private int misses; // since the table has this size

    private Filter(int sites, int capacity) {
        bySite = new @Nullable Seen[sites];
        byObject = new @Nullable Seen[capacity];
    }

    static Filter create() {
        return new Filter(SITES, INITIAL_CAPACITY);
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
        int place = place(System.identityHashCode(object), key);
        Seen seen = byObject[place];
        if (seen == null || !seen.isOf(object, key)) {
            Shadow shadow = Shadows.of(object);
            seen = add(place, new Seen(length < 0 ? shadow.cell(key) : shadow.chunk(key, length)));
        }
        bySite[site & bySite.length - 1] = seen;
        return seen;
    }

    /// Returns a cell, which is now the last one at `site`.
    Seen add(Cell cell, int site) {
        int place = site & bySite.length - 1;
        Seen seen = bySite[place];
        if (seen == null || seen.cell != cell) {
            seen = new Seen(cell);
            bySite[place] = seen;
        }
        return seen;
    }

    private Seen add(int place, Seen seen) {
        if (++misses > byObject.length * 4 && byObject.length < MAXIMAL_CAPACITY) {
            misses = 0;
            byObject = new @Nullable Seen[byObject.length * 2];
        } else {
            byObject[place] = seen;
        }
        return seen;
    }

    private int place(int hash, int key) {
        return (hash + key) * 0x9E37_79B9 >>> 8 & byObject.length - 1;
    }

    /// A cell and what the strand has accessed in it.
    static final class Seen {

        final Cell cell;
        private long epoch;
        private long reads; // or writes
        private long writes;

        Seen(Cell cell) {
            this.cell = cell;
        }

        boolean isOf(Object object, int key) {
            return cell.key == key && cell.shadow.refersTo(object);
        }

        boolean includes(long set, boolean writing, long now) {
            return epoch == now && (set & ~(writing ? writes : reads)) == 0;
        }

        /// Records an access.
        void add(long set, boolean writing, long now) {
            if (epoch != now) {
                epoch = now;
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
