package gofer.race.runtime;

import org.jspecify.annotations.Nullable;

/// What was released: all that a strand had done and knew at one of its releases, or what several strands had.
///
/// The stamps of a strand have growing versions. So a strand that knows one of them knows all of the earlier ones.
class Stamp {

    static final Stamp NOTHING = new Stamp(Clock.EMPTY);

    /// Of a stamp of several strands.
    private static final int SEVERAL = 0;

    final int id; // of the strand, or SEVERAL
    final int version; // 0 if the stamp is of several
    private final Clock clock; // without what the strand did
    private final @Nullable Block block; // of the strand; null if the stamp is of several strands
    private final int time; // of the last access of the strand; 0 if there was none

    private @Nullable Clock whole; // with the own time; set when it is first needed

    /// Creates the stamp of a strand.
    Stamp(Clock clock, Block block, int id, int version, int time) {
        this.clock = clock;
        this.block = block;
        this.id = id;
        this.version = version;
        this.time = time;
    }

    /// Creates a copy of a stamp.
    Stamp(Stamp other) {
        this.clock = other.clock;
        this.block = other.block;
        this.id = other.id;
        this.version = other.version;
        this.time = other.time;
    }

    /// Creates a stamp that is not named after a strand.
    private Stamp(Clock clock) {
        this.clock = clock;
        this.block = null;
        this.id = SEVERAL;
        this.version = 0;
        this.time = 0;
    }

    /// Returns all that is known from the stamp.
    final Clock whole() {
        Clock known = whole;
        if (known == null) {
            known = block == null || time == 0 ? clock : clock.with(block, id, time);
            whole = known; // a race: all threads compute the same, and a clock has only final fields
        }
        return known;
    }

    final boolean isOfSeveral() {
        return id == SEVERAL;
    }

    /// Returns whether all of `other` is known from this stamp, as far as that is seen without a look at the clocks.
    private boolean contains(Stamp other) {
        return other == this || !isOfSeveral() && other.id == id && other.version <= version;
    }

    /// Returns a stamp from which all of both is known.
    static Stamp join(@Nullable Stamp first, Stamp second) {
        if (first == null || second.contains(first)) {
            return second;
        }
        if (first.contains(second)) {
            return first;
        }
        Clock joined = second.whole().join(first.whole());
        return joined == second.whole() ? second : joined == first.whole() ? first : new Stamp(joined);
    }
}
