package gofer.context;

import org.jspecify.annotations.Nullable;

/// Thrown because the deadline of the context has passed. If the context was given a checked exception or an error as
/// its cause, [#getCause] returns that.
///
/// **Go:** `context.DeadlineExceeded`.
public final class DeadlineExceededException extends ContextException {

    private static final long serialVersionUID = 1;

    /// Creates an exception without a cause.
    public DeadlineExceededException() {
        this(null);
    }

    /// Creates an exception with `cause`, or without one if that is null.
    public DeadlineExceededException(@Nullable Throwable cause) {
        super("context deadline exceeded", cause);
    }
}
