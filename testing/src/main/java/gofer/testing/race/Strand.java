package gofer.testing.race;

/// A thread as the detector sees it: its actions are in the order of the program.
public final class Strand {

    /// What the strand stands for, for reports.
    public final Object thread;

    final int index;
    final VectorClock clock = new VectorClock();
    int edges;

    Strand(int index, Object thread) {
        this.index = index;
        this.thread = thread;
        clock.tick(index);
    }

    /// Returns the number of edges from and to the strand so far.
    public int edges() {
        return edges;
    }

    /// Returns the current time of the strand.
    int time() {
        return clock.get(index);
    }

    /// Returns whether `access` happens before what this strand does now.
    boolean isAfter(MemoryAccess access) {
        return access.time() <= clock.get(access.strand().index);
    }
}
