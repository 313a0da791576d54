package gofer.runtime.park;

/// A timer as its world sees it. It is due at some time even if no goroutine waits for it.
public interface WorldTimer {

    /// Returns the next due time, on the clock of the object's world; [Sleeper#NEVER] if there is none.
    long due();
}
