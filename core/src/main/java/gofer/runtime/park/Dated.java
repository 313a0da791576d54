package gofer.runtime.park;

/// An object that is due at some time, even if no goroutine waits for it.
public interface Dated {

    /// Returns the next due time, on the clock of the object's world; [Sleeper#NEVER] if there is none.
    long due();
}
