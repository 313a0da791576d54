package gofer.testing.race;

/// An access to a variable.
///
/// @param strand the thread that made it
/// @param time the time of the strand
/// @param writes whether it is a write
/// @param stack has the stack trace of the thread
public record Access(Strand strand, int time, boolean writes, Throwable stack) {

    /// Returns an access that `strand` makes now.
    public static Access of(Strand strand, boolean writes) {
        return new Access(strand, strand.time(), writes, new Throwable());
    }

    boolean isNow(Strand other) {
        return strand == other && time == other.time();
    }
}
