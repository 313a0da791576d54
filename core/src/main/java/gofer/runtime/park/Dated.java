package gofer.runtime.park;

/// Something that is due at a time of the clock, even if nothing waits for it.
public interface Dated {

    /// The next due time, on the clock of its world; [Sleeper#NEVER] if there is none.
    long due();
}
