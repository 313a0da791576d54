package gofer.runtime.chan;

/// The result of an operation on a channel if it is not a value.
public enum ChanResult {
    /// For a receive: the channel is closed and drained. For a send: the channel is closed.
    CLOSED,
    /// For a send: the value was sent.
    SENT,
    /// For a send: the value was dropped, because the buffer is full.
    DROPPED,
    /// The operation would have to wait.
    NOT_READY
}
