package gofer.race.runtime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The accesses to up to 64 variables of an object: the last write of each, and the reads since then.
///
/// They are kept as groups: the variables that one strand accessed in one epoch at one site.
final class Cell extends SpinLock {

    /// The number of variables.
    static final int SIZE = 64;

    /// The set that has only the first variable.
    static final long FIRST = 1;

    /*
     * A write is in a race with an earlier access exactly if the last write, or a read since then, does not happen before
     * it: without a race so far, all other accesses happen before one of these. A read of which a later read knows is
     * dropped: a write that knows the later one knows it, too.
     */

    private static final int GROUP =
            3; // numbers of a group: its epoch, the set of its variables, twice the site plus 1 for writes
    private static final int SET = 1;
    private static final int SITE = 2;

    final Shadow shadow; // of the object
    final int key; // of the cell among those of the object

    private long[] groups = new long[GROUP];
    private int length; // the numbers that are used

    Cell(Shadow shadow, int key) {
        this.shadow = shadow;
        this.key = key;
    }

    /// Records an access to variables. Returns the earlier accesses with which it is in a race; null if there are none.
    ///
    /// @param set a bit for each variable
    @Nullable Conflict access(Strand strand, long set, boolean writes, int site) {
        lock();
        try {
            if (length == GROUP && groups[0] == strand.epoch && groups[SITE] == ((long) site << 1 | (writes ? 1 : 0))) {
                groups[SET] |= set; // only this strand has accessed the variables
                return null;
            }
            return writes ? write(strand, set, site) : read(strand, set, site);
        } finally {
            unlock();
        }
    }

    private @Nullable Conflict write(Strand strand, long set, int site) {
        Conflict conflict = null;
        for (int i = length - GROUP; i >= 0; i -= GROUP) {
            long hit = groups[i + SET] & set;
            if (hit != 0) {
                if (!strand.knows(groups[i])) {
                    conflict = conflict(i, hit, conflict);
                }
                drop(i, hit);
            }
        }
        add(strand.epoch, set, (long) site << 1 | 1);
        return conflict;
    }

    private @Nullable Conflict read(Strand strand, long set, int site) {
        Conflict conflict = null;
        long unread = set;
        for (int i = length - GROUP; i >= 0; i -= GROUP) {
            long hit = groups[i + SET] & set;
            if (hit != 0) {
                if (groups[i] == strand.epoch) {
                    unread &= ~hit; // the same access, or a write, which is in more races
                } else if (isWrite(i)) {
                    conflict = strand.knows(groups[i]) ? conflict : conflict(i, hit, conflict);
                } else if (strand.knows(groups[i])) {
                    drop(i, hit);
                }
            }
        }
        if (unread != 0) {
            add(strand.epoch, unread, (long) site << 1);
        }
        return conflict;
    }

    /// Returns the accesses that do not happen before what a strand does now, followed by `next`.
    @Nullable Conflict conflicts(Strand strand, @Nullable Conflict next) {
        Conflict conflict = next;
        lock();
        try {
            for (int i = 0; i < length; i += GROUP) {
                if (!strand.knows(groups[i])) {
                    conflict = conflict(i, groups[i + SET], conflict);
                }
            }
        } finally {
            unlock();
        }
        return conflict;
    }

    /// Records a read of the first variable that was made before.
    void addRead(long epoch, int site) {
        lock();
        try {
            add(epoch, FIRST, (long) site << 1);
        } finally {
            unlock();
        }
    }

    private boolean isWrite(int group) {
        return (groups[group + SITE] & 1) != 0;
    }

    private Conflict conflict(int group, long hit, @Nullable Conflict next) {
        int site = (int) (groups[group + SITE] >> 1);
        return new Conflict(groups[group], site, isWrite(group), Long.numberOfTrailingZeros(hit), next);
    }

    /// Removes variables from a group. The last group takes the place of an empty one.
    private void drop(int group, long set) {
        groups[group + SET] &= ~set;
        if (groups[group + SET] == 0) {
            length -= GROUP;
            System.arraycopy(groups, length, groups, group, GROUP);
        }
    }

    private void add(long epoch, long set, long site) {
        for (int i = 0; i < length; i += GROUP) {
            if (groups[i] == epoch && groups[i + SITE] == site) {
                groups[i + SET] |= set;
                return;
            }
        }
        if (length == groups.length) {
            groups = Arrays.copyOf(groups, length * 2);
        }
        groups[length] = epoch;
        groups[length + SET] = set;
        groups[length + SITE] = site;
        length += GROUP;
    }
}
