package gofer.race.runtime;

import java.lang.ref.WeakReference;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/// What the detector knows about an object: what was released on it, and the accesses to its variables.
final class Shadow extends WeakReference<Object> {

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final long CELLS = UNSAFE.arrayBaseOffset(Cell[].class);
    private static final int CELL_SIZE = UNSAFE.arrayIndexScale(Cell[].class);

    /// The identity hash code of the object.
    final int hash;

    /// The next shadow in the table.
    volatile @Nullable Shadow next;

    private final SpinLock lock = new SpinLock();

    // Most objects have one part. It is set before its stamp, and never changes then.
    private long part;
    private volatile @Nullable Stamp stamp;
    private @Nullable LongMap<Stamp> others; // the stamps of the other parts

    private volatile @Nullable Cell @Nullable [] elements; // each of 64 elements of an array
    private @Nullable LongMap<Cell> cells; // of other variables

    Shadow(Object object, int hash) {
        super(object);
        this.hash = hash;
    }

    /// Returns whether this is the shadow of `other`. Not by [#refersTo], which is slow until the JVM has optimized its caller.
    boolean isOf(Object other) {
        return get() == other;
    }

    /// Returns what was released on a part of the object; null if nothing was.
    @Nullable Stamp get(long ofPart) {
        Stamp first = stamp;
        if (first == null || part == ofPart) {
            return first;
        }
        lock.lock();
        try {
            return others == null ? null : others.get(ofPart);
        } finally {
            lock.unlock();
        }
    }

    /// Replaces what was released on a part of the object.
    void put(long ofPart, Stamp newStamp) {
        lock.lock();
        try {
            set(ofPart, newStamp);
        } finally {
            lock.unlock();
        }
    }

    /// Releases what a strand has done on a part of the object.
    void release(Strand strand, long ofPart) {
        lock.lock();
        try {
            set(ofPart, strand.releaseAfter(known(ofPart)));
        } finally {
            lock.unlock();
        }
    }

    /// Adds a stamp to what was released on a part of the object.
    void add(long ofPart, Stamp added) {
        lock.lock();
        try {
            set(ofPart, Stamp.join(known(ofPart), added));
        } finally {
            lock.unlock();
        }
    }

    /// Returns what was released on a part of the object, and forgets it; null if nothing was.
    @Nullable Stamp take(long ofPart) {
        lock.lock();
        try {
            Stamp known = known(ofPart);
            if (known != null) {
                set(ofPart, Stamp.NOTHING);
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Stamp known(long ofPart) {
        if (stamp != null && part == ofPart) {
            return stamp;
        }
        return others == null ? null : others.get(ofPart);
    }

    private void set(long ofPart, Stamp newStamp) {
        if (stamp == null) {
            part = ofPart;
        }
        if (part == ofPart) {
            stamp = newStamp;
        } else {
            if (others == null) {
                others = new LongMap<>();
            }
            others.put(ofPart, newStamp);
        }
    }

    /// Returns the cell of some elements of an array.
    ///
    /// @param chunk the index of the first element divided by 64
    /// @param length of the array
    Cell chunk(int chunk, int length) {
        @Nullable Cell[] known = elements;
        if (known != null) {
            Cell cell = (Cell) UNSAFE.getReferenceAcquire(known, CELLS + (long) chunk * CELL_SIZE);
            if (cell != null) {
                return cell;
            }
        }
        lock.lock();
        try {
            return newChunk(chunk, length);
        } finally {
            lock.unlock();
        }
    }

    private Cell newChunk(int chunk, int length) {
        @Nullable Cell[] known = elements;
        if (known == null) {
            known = new @Nullable Cell[(length - 1) / Cell.SIZE + 1];
            elements = known;
        }
        Cell cell = known[chunk];
        if (cell == null) {
            cell = new Cell(this, chunk, length);
            Shadows.grown(this);
            UNSAFE.putReferenceRelease(known, CELLS + (long) chunk * CELL_SIZE, cell);
        }
        return cell;
    }

    /// Returns the cell of a variable that is not an element.
    Cell cell(int key) {
        lock.lock();
        try {
            if (cells == null) {
                cells = new LongMap<>();
            }
            Cell cell = cells.get(key);
            if (cell == null) {
                cell = new Cell(this, key);
                cells.put(key, cell);
                Shadows.grown(this);
            }
            return cell;
        } finally {
            lock.unlock();
        }
    }

    /// Removes and returns the cell of a variable; null if there is none.
    @Nullable Cell removeCell(int key) {
        lock.lock();
        try {
            Cell cell = cells == null ? null : cells.get(key);
            if (cells != null && cell != null) {
                cells.remove(key);
            }
            return cell;
        } finally {
            lock.unlock();
        }
    }

    /// Forgets all, when the object is gone.
    void forget() {
        elements = null;
        cells = null;
        others = null;
        stamp = null;
    }
}
