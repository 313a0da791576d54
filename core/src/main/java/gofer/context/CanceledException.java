package gofer.context;

import org.jspecify.annotations.Nullable;

/// Thrown because the context was cancelled. If it was cancelled with a checked exception or an error, [#getCause]
/// returns that.
///
/// **Go:** `context.Canceled`.
public final class CanceledException extends ContextException {

    private static final long serialVersionUID = 1;

    /// Creates an exception without a cause.
    public CanceledException() {
        this(null);
    }

    /// Creates an exception with `cause`, or without one if that is null.
    public CanceledException(@Nullable Throwable cause) {
        super("context canceled", cause);
    }
}
