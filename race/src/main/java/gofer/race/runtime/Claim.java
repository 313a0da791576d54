package gofer.race.runtime;

import java.util.Arrays;
import jdk.internal.misc.Unsafe;

/// The accesses of one strand in one epoch to the variables of a cell, which the strand records without the lock of the cell.
///
/// A cell has a claim only as long as all other accesses to its variables happen before this epoch. Then no access of the strand
/// is in a race, and it need not look at the others. Another strand that accesses the cell first ends the claim.
final class Claim {

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final long LENGTH = UNSAFE.objectFieldOffset(Claim.class, "length");
    private static final int GROUP =
            2; // numbers of a group: twice the site plus 1 for writes, and the set of variables

    private long epoch;
    private long[] groups = new long[2 * GROUP];
    private int length; // the numbers that are used

    /// Begins to record the accesses of an epoch. The claim is not that of a cell now.
    void begin(long ofEpoch) {
        epoch = ofEpoch;
        length = 0;
    }

    long epoch() {
        return epoch;
    }

    /// Records an access. Only its strand calls this method, and only in its epoch.
    ///
    /// @param site twice the site, plus 1 for writes
    void add(long set, long site) {
        int end = length;
        for (int i = 0; i < end; i += GROUP) {
            if (groups[i] == site) {
                groups[i + 1] |= set;
                return;
            }
        }
        if (end == groups.length) {
            long[] larger = Arrays.copyOf(groups, end * 2);
            UNSAFE.storeFence();
            groups = larger;
        }
        groups[end] = site;
        groups[end + 1] = set;
        UNSAFE.putIntRelease(this, LENGTH, end + GROUP);
    }

    int count() {
        return UNSAFE.getIntAcquire(this, LENGTH) / GROUP;
    }

    long site(int index) {
        return groups[GROUP * index];
    }

    long set(int index) {
        return groups[GROUP * index + 1];
    }
}
