package gofer.race.runtime;

import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/// The accesses to fields.
///
/// For a field with epochs, the epoch of the last write is also the lock: a negative number means that it is locked.
final class FieldAccess {

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final long LOCKED = Long.MIN_VALUE;

    /// The number of attempts after which a strand takes the lock of another one. That has been stopped, or its stack was full,
    /// or the object is a copy of one that was locked. The worst that can follow is that a race is missed.
    private static final int PATIENCE = 10_000_000;

    private FieldAccess() {}

    static void access(Strand strand, Object owner, Field field, boolean writes, int site) {
        Layout layout = field.layout(owner);
        if (layout == null || !layout.isPlain()) {
            return;
        }
        Object holder = layout.holder(owner);
        if (layout.isStatic) {
            Edges.acquire(strand, holder, Edges.INITIALIZER);
        }
        if (!layout.hasEpochs()) {
            Variables.field(strand, holder, field, writes, site);
        } else if (writes || !isRepeated(strand, holder, layout) && !isInFilter(strand, holder, field, site)) {
            strand.access();
            Conflict conflict = access(strand, holder, layout, field, writes, site);
            if (conflict != null) {
                Reports.add(conflict, strand, field, field.name(), writes, site);
            }
        }
    }

    /// Returns whether the strand has already added a read to those of others, and still knows the last write. Locks nothing: a
    /// write at the same time is in a race with that read, too.
    private static boolean isRepeated(Strand strand, Object holder, Layout layout) {
        long read = UNSAFE.getLongOpaque(holder, layout.read);
        if (!SharedReads.isShared(read) || !SharedReads.contains(read, strand.epoch())) {
            return false;
        }
        long written = UNSAFE.getLongOpaque(holder, layout.written);
        return written >= 0 && strand.knows(written);
    }

    private static boolean isInFilter(Strand strand, Object holder, Field field, int site) {
        return strand.filter.last(holder, field.number, site) instanceof Seen seen && seen.includes(Cell.FIRST, false);
    }

    private static @Nullable Conflict access(
            Strand strand, Object holder, Layout layout, Field field, boolean writes, int site) {
        long before = lock(holder, layout.written);
        long after = before;
        try {
            Conflict conflict = withWrite(strand, holder, layout, before);
            if (writes) {
                conflict = write(strand, holder, layout, field, site, conflict);
                after = strand.epoch();
            } else if (before != strand.epoch()) {
                read(strand, holder, layout, field, site);
            }
            return conflict;
        } finally {
            UNSAFE.putLongRelease(holder, layout.written, after);
        }
    }

    private static @Nullable Conflict withWrite(Strand strand, Object holder, Layout layout, long written) {
        return written == 0 || strand.knows(written)
                ? null
                : new Conflict(written, UNSAFE.getInt(holder, layout.writeSite), true, 0, null);
    }

    private static @Nullable Conflict write(
            Strand strand, Object holder, Layout layout, Field field, int site, @Nullable Conflict withWrite) {
        Conflict conflict = withWrite;
        long read = UNSAFE.getLong(holder, layout.read);
        if (SharedReads.isShared(read)) {
            conflict = withShared(strand, holder, field, conflict);
        } else if (read != 0 && !strand.knows(read)) {
            conflict = new Conflict(read, UNSAFE.getInt(holder, layout.readSite), false, 0, conflict);
        }
        if (read != 0) {
            UNSAFE.putLong(holder, layout.read, 0);
        }
        UNSAFE.putInt(holder, layout.writeSite, site);
        return conflict;
    }

    private static @Nullable Conflict withShared(
            Strand strand, Object holder, Field field, @Nullable Conflict conflict) {
        Shadow shadow = Shadows.find(holder);
        Cell reads = shadow == null ? null : shadow.removeCell(field.number);
        return reads == null ? conflict : reads.conflicts(strand, conflict);
    }

    private static void read(Strand strand, Object holder, Layout layout, Field field, int site) {
        long read = UNSAFE.getLong(holder, layout.read);
        if (SharedReads.isShared(read)) {
            share(strand, holder, field, site);
            UNSAFE.putLong(holder, layout.read, SharedReads.add(read, strand.epoch()));
        } else if (read == 0 || strand.knows(read)) {
            UNSAFE.putInt(holder, layout.readSite, site);
            UNSAFE.putLong(holder, layout.read, strand.epoch());
        } else {
            Cell reads = share(strand, holder, field, site);
            reads.addRead(read, UNSAFE.getInt(holder, layout.readSite));
            long both = SharedReads.add(SharedReads.add(SharedReads.UNKNOWN, read), strand.epoch());
            UNSAFE.putLong(holder, layout.read, both);
        }
    }

    /// Records a read in the cell of the field.
    private static Cell share(Strand strand, Object holder, Field field, int site) {
        Cell cell = Shadows.of(holder).cell(field.number);
        Variables.read(strand, cell, site);
        return cell;
    }

    /// Locks an epoch, and returns it.
    private static long lock(Object holder, long offset) {
        for (int attempts = 1; attempts < PATIENCE; attempts++) {
            long epoch = UNSAFE.getLongVolatile(holder, offset);
            if (epoch >= 0 && UNSAFE.compareAndSetLong(holder, offset, epoch, epoch | LOCKED)) {
                return epoch;
            }
            SpinLock.pause(attempts);
        }
        return UNSAFE.getLongVolatile(holder, offset) & ~LOCKED;
    }
}
