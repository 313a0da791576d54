package gofer.context;

import org.jspecify.annotations.Nullable;

/// The deadline of the context has passed. If its cause was a checked exception or an error, that is the cause.
///
/// **Go:** `context.DeadlineExceeded`.
public final class DeadlineExceededException extends ContextException {

    private static final long serialVersionUID = 1;

    /// What `err` gives to everybody.
    @SuppressWarnings("StaticAssignmentOfThrowable") // without a trace it is a value
    static final DeadlineExceededException BARE = new DeadlineExceededException(null, false);

    /// Without a cause.
    public DeadlineExceededException() {
        this(null);
    }

    /// With a cause, or null for none.
    public DeadlineExceededException(@Nullable Throwable cause) {
        this(cause, true);
    }

    private DeadlineExceededException(@Nullable Throwable cause, boolean traced) {
        super("context deadline exceeded", cause, traced);
    }
}
