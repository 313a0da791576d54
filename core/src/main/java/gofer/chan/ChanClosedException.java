package gofer.chan;

/// Thrown for a send on a closed channel, for a second close, and when a plain `recv` finds the channel closed and
/// drained.
///
/// **Go:** the run-time panics of `send on closed channel` and `close of closed channel`.
public final class ChanClosedException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    ChanClosedException(String message) {
        super(message);
    }
}
