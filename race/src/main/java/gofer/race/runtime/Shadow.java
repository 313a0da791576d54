package gofer.race.runtime;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/// What the detector knows about an object: what was released on it, and the accesses to its variables.
final class Shadow extends WeakReference<Object> {

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final long ELEMENTS = UNSAFE.arrayBaseOffset(Object[].class);
    private static final int ELEMENT_SIZE = UNSAFE.arrayIndexScale(Object[].class);
    private static final long STAMP = UNSAFE.objectFieldOffset(Shadow.class, "stamp");

    private static final int MOST_SLOTS = 1 << 20;
    private static final @Nullable Stamp[] NO_SLOTS = {};

    /// The identity hash code of the object.
    final int hash;

    /// The next shadow in the table.
    volatile @Nullable Shadow next;

    private final SpinLock lock = new SpinLock();

    // Most objects have one part. It is set before its stamp, and never changes then.
    private long part;
    private volatile @Nullable Stamp stamp; // of that part; changed by compare-and-set
    private volatile @Nullable Stamp[] slots = NO_SLOTS; // the stamps of other parts by their small numbers
    private @Nullable LongMap<Stamp> others; // the stamps of the other parts
    private final boolean hasSlots;

    private volatile @Nullable Cell @Nullable [] elements; // each of 64 elements of an array
    private @Nullable LongMap<Cell> cells; // of other variables

    /// Creates the shadow of an object that is found by its hash code.
    Shadow(Object object, int hash) {
        super(object);
        this.hash = hash;
        this.hasSlots = false;
    }

    /// Creates the shadow of an object of Gofer. A channel has a part for each place of its buffer.
    Shadow(Shadowed object) {
        super(object);
        this.hash = 0;
        this.hasSlots = true;
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
        if (isSlot(ofPart)) {
            @Nullable Stamp[] known = slots;
            return ofPart < known.length ? (Stamp) UNSAFE.getReferenceAcquire(known, offset(ofPart)) : null;
        }
        lock.lock();
        try {
            return others == null ? null : others.get(ofPart);
        } finally {
            lock.unlock();
        }
    }

    private boolean isSlot(long ofPart) {
        return hasSlots && ofPart >= 0 && ofPart < MOST_SLOTS;
    }

    private static long offset(long index) {
        return ELEMENTS + index * ELEMENT_SIZE;
    }

    /// Replaces what was released on a part of the object.
    void put(long ofPart, Stamp newStamp) {
        Stamp known;
        do {
            known = get(ofPart);
        } while (!change(ofPart, known, newStamp));
    }

    /// Releases what a strand has done on a part of the object.
    void release(Strand strand, long ofPart) {
        Stamp known;
        Stamp released;
        do {
            known = get(ofPart);
            released = strand.releaseAfter(known);
        } while (released != known && !change(ofPart, known, released));
    }

    /// Adds a stamp to what was released on a part of the object.
    void add(long ofPart, Stamp added) {
        Stamp known;
        Stamp joined;
        do {
            known = get(ofPart);
            joined = Stamp.join(known, added);
        } while (joined != known && !change(ofPart, known, joined));
    }

    /// Returns what was released on a part of the object, and forgets it; null if nothing was.
    @Nullable Stamp take(long ofPart) {
        Stamp known;
        do {
            known = get(ofPart);
        } while (known != null && !change(ofPart, known, Stamp.NOTHING));
        return known;
    }

    /// Replaces the stamp `known` of a part. Returns false if it has another stamp now.
    private boolean change(long ofPart, @Nullable Stamp known, Stamp changed) {
        if (known != null && part == ofPart) {
            return UNSAFE.compareAndSetReference(this, STAMP, known, changed);
        }
        lock.lock();
        try {
            if (stamp == null) {
                part = ofPart;
            }
            return part == ofPart
                    ? UNSAFE.compareAndSetReference(this, STAMP, known, changed)
                    : isSlot(ofPart) ? changeSlot((int) ofPart, known, changed) : changeOther(ofPart, known, changed);
        } finally {
            lock.unlock();
        }
    }

    private boolean changeSlot(int slot, @Nullable Stamp known, Stamp changed) {
        if (slot >= slots.length) {
            slots = Arrays.copyOf(slots, Math.max(slot + 1, slots.length * 2));
        }
        if (slots[slot] != known) {
            return false;
        }
        UNSAFE.putReferenceRelease(slots, offset(slot), changed);
        return true;
    }

    private boolean changeOther(long ofPart, @Nullable Stamp known, Stamp changed) {
        if (others == null) {
            others = new LongMap<>();
        }
        if (others.get(ofPart) != known) {
            return false;
        }
        others.put(ofPart, changed);
        return true;
    }

    /// Returns the cell of some elements of an array.
    ///
    /// @param chunk the index of the first element divided by 64
    /// @param length of the array
    Cell chunk(int chunk, int length) {
        @Nullable Cell[] known = elements;
        if (known != null) {
            Cell cell = (Cell) UNSAFE.getReferenceAcquire(known, offset(chunk));
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
            UNSAFE.putReferenceRelease(known, offset(chunk), cell);
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
        slots = NO_SLOTS;
        stamp = null;
    }
}
