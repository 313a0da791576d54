package gofer.race.runtime;

import org.jspecify.annotations.Nullable;

/// What was released: all that a strand had done and knew at one of its times, or what several strands had.
///
/// A strand never releases two different stamps with the same time. So a strand that knows this time of that strand knows all
/// of the stamp.
class Stamp {

    static final Stamp NOTHING = new Stamp(Clock.EMPTY);

    final Clock clock; // without the own time of the strand
    final @Nullable Block block; // of the strand; null if the stamp is of several strands
    final int id; // of the strand; 0 if the stamp is of several
    final int time;

    private @Nullable Clock whole; // with the own time; set when it is first needed

    /// Creates the stamp of a strand.
    Stamp(Clock clock, Block block, int id, int time) {
        this.clock = clock;
        this.block = block;
        this.id = id;
        this.time = time;
    }

    /// Creates a copy of a stamp.
    Stamp(Stamp other) {
        this.clock = other.clock;
        this.block = other.block;
        this.id = other.id;
        this.time = other.time;
    }

    /// Creates a stamp that is not named after a strand.
    Stamp(Clock clock) {
        this.clock = clock;
        this.block = null;
        this.id = 0;
        this.time = 0;
    }

    /// Returns all that is known from the stamp.
    final Clock whole() {
        Clock known = whole;
        if (known == null) {
            known = block == null ? clock : clock.with(block, id, time);
            whole = known; // a race: all threads compute the same, and a clock has only final fields
        }
        return known;
    }

    /// Returns whether all of `other` is known from this stamp. May return false though it is.
    final boolean knows(Stamp other) {
        if (other.id == 0) {
            return other == this;
        }
        return other.id == id && other.time <= time || clock.get(other.id) >= other.time;
    }

    /// Returns a stamp from which all of both is known.
    static Stamp join(@Nullable Stamp first, Stamp second) {
        if (first == null || second.knows(first)) {
            return second;
        }
        if (first.knows(second)) {
            return first;
        }
        Clock joined = second.whole().join(first.whole());
        return joined == second.whole() ? second : joined == first.whole() ? first : new Stamp(joined);
    }
}
