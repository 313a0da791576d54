package gofer.race.runtime;

import org.jspecify.annotations.Nullable;

/// A cell, and what a strand has accessed in it in one epoch.
///
/// A strand can claim a cell of an array for an epoch: if all other accesses to the cell happen before that epoch, no access of the
/// strand is in a race. So it need not look at the others, and records its own ones in runs, without a lock. Another strand that
/// accesses the cell first ends the claim.
final class Seen {

    /// The number of accesses with the lock after which a strand tries to claim a cell.
    private static final int CLAIM_COUNT = 8;

    /// The greatest number of runs, so that each is found fast.
    private static final int MAXIMAL_RUNS = 32;

    final CurrentEpoch now; // of the strand
    final Cell cell;

    private long epoch; // does not change while the cell is claimed
    private long reads; // or writes
    private long writes;
    private int count; // of accesses with the lock of the cell since it could not be claimed
    private @Nullable Run runs;
    private int runCount;

    Seen(CurrentEpoch now, Cell cell) {
        this.now = now;
        this.cell = cell;
    }

    boolean isOf(Object object, int key) {
        return cell.key == key && cell.shadow.isOf(object);
    }

    /// Returns whether the strand is still in the epoch of the accesses.
    boolean isCurrent() {
        return epoch == now.value;
    }

    long epoch() {
        return epoch;
    }

    /// Returns the first run, which leads to the others.
    @Nullable Run runs() {
        return runs;
    }

    /// Returns whether accesses need not be recorded. Need not know all of them.
    boolean includes(long set, boolean writing) {
        return isCurrent() && (set & ~(writing ? writes : reads)) == 0;
    }

    /// Returns the run at `site`; null if there are too many others.
    @Nullable Run run(int site, boolean writing) {
        int key = Run.key(site, writing);
        Run run = runs;
        while (run != null && run.key != key) {
            run = run.next;
        }
        if (run == null && runCount < MAXIMAL_RUNS) {
            run = new Run(this, key, runs);
            runs = run;
            runCount++;
        }
        return run;
    }

    /// Records accesses as a claim. Returns false if the cell cannot be claimed.
    boolean claim(Strand strand, long set, boolean writing, int site) {
        if (!cell.hasClaim(this) || !isCurrent()) {
            if (++count < CLAIM_COUNT && !cell.isUsuallyClaimed()) {
                return false;
            }
            if (!cell.claim(strand, this)) {
                count = 0;
                return false;
            }
        }
        Run run = run(site, writing);
        return run != null && run.add(set);
    }

    /// Begins the current epoch of the strand, if that is another one. The cell is not claimed.
    void begin() {
        if (!isCurrent()) {
            for (Run run = runs; run != null; run = run.next) {
                run.clear();
            }
            reads = 0;
            writes = 0;
            epoch = now.value; // last: if the stack was full before, nothing old counts as of this epoch
        }
    }

    /// Records that accesses are recorded.
    void add(long set, boolean writing) {
        begin();
        reads |= set;
        if (writing) {
            writes |= set;
        }
    }
}
