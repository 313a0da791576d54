package gofer.chan;

import org.jspecify.annotations.Nullable;

/// Thrown for a send on a closed channel, for a second close, and when a plain `recv` finds the channel closed and
/// drained. Its cause is that of [SendChan#close(Throwable)], if there is one.
///
/// **Go:** the run-time panics of `send on closed channel` and `close of closed channel`.
public final class ChanClosedException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    ChanClosedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
