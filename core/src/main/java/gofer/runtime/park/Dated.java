package gofer.runtime.park;

/// What comes at a time of the clock, whether or not somebody waits for it.
public interface Dated {

    /// When it is due next, as a time of its world; [Sleeper#NEVER] if it is not.
    long due();
}
