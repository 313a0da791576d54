package gofer.context;

import org.jspecify.annotations.Nullable;

/// The deadline of the context has passed. If its cause was a checked exception or an error, that is the cause.
///
/// **Go:** `context.DeadlineExceeded`.
public final class DeadlineExceededException extends ContextException {

    private static final long serialVersionUID = 1;

    /// Without a cause.
    public DeadlineExceededException() {
        this(null);
    }

    /// With a cause, or null for none.
    public DeadlineExceededException(@Nullable Throwable cause) {
        super("context deadline exceeded", cause);
    }
}
