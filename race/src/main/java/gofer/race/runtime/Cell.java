package gofer.race.runtime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The accesses to up to 64 variables of an object: the last write of each, and the reads since then.
///
/// They are kept as groups: the variables that one strand accessed in one epoch at one site.
final class Cell extends SpinLock {

    /// The number of variables, a power of 2.
    static final int SIZE = 64;

    static final int SIZE_BITS = 6;

    /// The set that has only the first variable.
    static final long FIRST = 1;

    /*
     * A write is in a race with an earlier access exactly if the last write, or a read since then, does not happen before
     * it: without a race so far, all other accesses happen before one of these. A read of which a later read knows is
     * dropped: a write that knows the later one knows it, too.
     */

    private static final long[] NO_GROUPS = {};
    private static final int GROUP = 3; // numbers of a group: its epoch, and these two
    private static final int SET = 1; // the set of its variables
    private static final int SITE = 2; // twice the site, plus 1 for writes

    /// The time after which each processor sees what another one has written. Under heavy load of the memory, some writes take
    /// 1 microsecond. A processor that is stopped between its two steps may take longer, in very rare cases.
    private static final long VISIBLE_NANOS = 3_000;

    final Shadow shadow; // of the object
    final int key; // of the cell among those of the object

    private long[] groups = NO_GROUPS;
    private int length; // the numbers that are used
    private volatile @Nullable Seen claim; // of the strand that has claimed the cell; changes only under the lock
    private boolean isUsuallyClaimed;
    private boolean
            isContended; // whether a claim was ended by a strand that did not know of it; then there are no more

    /// Creates a cell of variables that are not elements of an array. It cannot be claimed.
    Cell(Shadow shadow, int key) {
        this(shadow, key, 0);
    }

    /// Creates a cell of elements of an array.
    Cell(Shadow shadow, int key, int lengthOfArray) {
        this.shadow = shadow;
        this.key = key;
        isContended = lengthOfArray == 0;
        isUsuallyClaimed = lengthOfArray >= SIZE;
    }

    /// Records an access to variables. Returns the earlier accesses with which it is in a race; null if there are none.
    ///
    /// @param set a bit for each variable
    @Nullable Conflict access(Strand strand, long set, boolean writes, int site) {
        lock();
        try {
            endClaim(strand);
            if (length == GROUP && groups[0] == strand.epoch() && groups[SITE] == Run.key(site, writes)) {
                groups[SET] |= set; // only this strand has accessed the variables
                return null;
            }
            return writes ? write(strand, set, site) : read(strand, set, site);
        } finally {
            unlock();
        }
    }

    /// Claims the cell for the current epoch of a strand. Returns false if that is not possible.
    boolean claim(Strand strand, Seen seen) {
        if (isContended) {
            return false;
        }
        lock();
        try {
            Seen claimed = claim;
            if (claimed != null && strand.knows(claimed.epoch())) {
                endClaim(strand);
            }
            boolean isPossible = claim == null && !isContended && knowsAll(strand);
            if (isPossible) {
                seen.begin();
                claim = seen;
            }
            isUsuallyClaimed = isPossible;
            return isPossible;
        } finally {
            unlock();
        }
    }

    private boolean knowsAll(Strand strand) {
        for (int i = 0; i < length; i += GROUP) {
            if (!strand.knows(groups[i])) {
                return false;
            }
        }
        return true;
    }

    /// Returns whether the last attempt to claim the cell was successful. May be out of date.
    boolean isUsuallyClaimed() {
        return isUsuallyClaimed;
    }

    boolean hasClaim(Seen seen) {
        return claim == seen;
    }

    /// Ends the claim, of another strand or of an earlier epoch, and adds its accesses to the groups.
    ///
    /// The other strand first records an access, and then checks that its claim has not ended. Here, it is the other way round.
    /// So either this strand sees the access, or the other one sees that the claim has ended, and records the access again. The
    /// other strand is faster without a fence of the processor between its two steps. So this one waits until its write is
    /// visible, unless an edge has made it visible. So at most the one access is lost that the other strand records meanwhile.
    ///
    /// If that fails, because the stack is full or there is no memory, the claim stays. To add accesses twice does no harm.
    private void endClaim(Strand strand) {
        Seen ended = claim;
        if (ended == null) {
            return;
        }
        claim = null;
        boolean added = false;
        try {
            if (!strand.knows(ended.epoch())) {
                isContended = true;
                awaitVisibility();
            }
            addAll(ended, true);
            addAll(ended, false); // in this order, because a read after a write in the same epoch is not kept
            added = true;
        } finally {
            if (!added) {
                claim = ended;
            }
        }
    }

    private static void awaitVisibility() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < VISIBLE_NANOS) {
            Thread.onSpinWait();
        }
    }

    private void addAll(Seen ended, boolean writes) {
        for (Run run = ended.runs(); run != null; run = run.next) {
            if (run.writes() == writes) {
                addAfterAll(ended.epoch(), run.set(), run.key);
            }
        }
    }

    /// Adds accesses before which all others happen.
    private void addAfterAll(long epoch, long set, long site) {
        boolean writes = isWrite(site);
        long added = set;
        for (int i = length - GROUP; i >= 0; i -= GROUP) {
            long hit = groups[i + SET] & set;
            if (hit == 0) {
                continue;
            }
            if (!writes && groups[i] == epoch) {
                added &= ~hit;
            } else if (writes || !isWrite(groups[i + SITE])) {
                drop(i, hit);
            }
        }
        if (added != 0) {
            add(epoch, added, site);
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
        add(strand.epoch(), set, Run.key(site, true));
        return conflict;
    }

    private @Nullable Conflict read(Strand strand, long set, int site) {
        Conflict conflict = null;
        long unread = set;
        for (int i = length - GROUP; i >= 0; i -= GROUP) {
            long hit = groups[i + SET] & set;
            if (hit != 0) {
                if (groups[i] == strand.epoch()) {
                    unread &= ~hit; // the same access, or a write, which is in more races
                } else if (isWrite(groups[i + SITE])) {
                    conflict = strand.knows(groups[i]) ? conflict : conflict(i, hit, conflict);
                } else if (strand.knows(groups[i])) {
                    drop(i, hit);
                }
            }
        }
        if (unread != 0) {
            add(strand.epoch(), unread, Run.key(site, false));
        }
        return conflict;
    }

    /// Returns the accesses that do not happen before what a strand does now, followed by `next`.
    @Nullable Conflict conflicts(Strand strand, @Nullable Conflict next) {
        Conflict conflict = next;
        lock();
        try {
            endClaim(strand);
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
            add(epoch, FIRST, Run.key(site, false));
        } finally {
            unlock();
        }
    }

    private static boolean isWrite(long site) {
        return (site & 1) != 0;
    }

    private Conflict conflict(int group, long hit, @Nullable Conflict next) {
        int site = (int) (groups[group + SITE] >> 1);
        return new Conflict(groups[group], site, isWrite(groups[group + SITE]), Long.numberOfTrailingZeros(hit), next);
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
            groups = Arrays.copyOf(groups, Math.max(GROUP, length * 2));
        }
        groups[length] = epoch;
        groups[length + SET] = set;
        groups[length + SITE] = site;
        length += GROUP;
    }
}
