package gofer.chan;

/// A channel is closed, and that was not foreseen: something was sent on it, it was closed again, or a plain `recv`
/// came to its end.
///
/// **Go:** the run-time panics of `send on closed channel` and `close of closed channel`.
public final class ChanClosedException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    ChanClosedException(String message) {
        super(message);
    }
}
