package gofer.race.runtime;

/// The epoch of the reads of a field if several strands have read it since the last write: a negative number. The reads
/// are in a cell. The number itself has a hash of the epochs of the last two readers, so that most readers find at once
/// that they have read the field before.
///
/// Two epochs have the same hash with a probability of 1 to 2 billion. Then a read is treated as an earlier one, and
/// missed.
final class SharedReads {

    /// Several strands have read the field, but it is not known in which epochs.
    static final long UNKNOWN = Long.MIN_VALUE;

    private static final int HASH_BITS = 31;
    private static final long HASH = (1L << HASH_BITS) - 1;

    private SharedReads() {}

    static boolean isShared(long read) {
        return read < 0;
    }

    /// Adds a reader. It takes the place of another one whose identity has the same last bit.
    static long add(long shared, long epoch) {
        int place = place(epoch);
        return shared & ~(HASH << place) | hash(epoch) << place;
    }

    /// Returns whether a strand is one of the last readers, and has read the field in this epoch.
    static boolean contains(long shared, long epoch) {
        return (shared >>> place(epoch) & HASH) == hash(epoch);
    }

    private static int place(long epoch) {
        return (int) (epoch >>> Integer.SIZE & 1) * HASH_BITS;
    }

    private static long hash(long epoch) {
        return Math.max(1, epoch * 0x9E37_79B9_7F4A_7C15L >>> Long.SIZE - HASH_BITS);
    }
}
