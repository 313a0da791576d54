package gofer.race.runtime;

/// Which stamps a strand knows: the last version of each of some strands. It forgets the others, which costs only time.
final class Versions {

    private static final long[] NONE = {0};
    private static final int MAXIMAL_CAPACITY = 256; // a power of 2, as all capacities

    private long[] known = NONE; // by strand: its identity, and the version in the lower half

    /// Returns whether the stamp of a strand is known for sure.
    boolean contains(Stamp stamp) {
        long last = known[place(stamp.id)];
        return last >>> Integer.SIZE == stamp.id && (int) last >= stamp.version;
    }

    /// Adds the stamp of a strand.
    void add(Stamp stamp) {
        if (known == NONE) {
            known = new long[1];
        }
        while (isTaken(stamp.id) && known.length < MAXIMAL_CAPACITY) {
            grow();
        }
        known[place(stamp.id)] = (long) stamp.id << Integer.SIZE | stamp.version;
    }

    private boolean isTaken(int id) {
        long last = known[place(id)];
        return last != 0 && last >>> Integer.SIZE != id;
    }

    private void grow() {
        long[] old = known;
        known = new long[old.length * 2];
        for (long last : old) {
            if (last != 0) {
                known[place((int) (last >>> Integer.SIZE))] = last;
            }
        }
    }

    private int place(int id) {
        return id & known.length - 1;
    }
}
