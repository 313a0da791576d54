package gofer.runtime.chan;

/// What an operation on a channel yields if that is not a value.
public enum ChanResult {
    /// A receive: the channel is closed and drained. A send: it is closed.
    CLOSED,
    /// A send: done.
    SENT,
    /// It would have to wait.
    NOT_READY
}
