package gofer.context;

import org.jspecify.annotations.Nullable;

/// The context was cancelled. If it was cancelled with a checked exception or an error, that is the cause.
///
/// **Go:** `context.Canceled`.
public final class CanceledException extends ContextException {

    private static final long serialVersionUID = 1;

    /// Without a cause.
    public CanceledException() {
        this(null);
    }

    /// With a cause, or null for none.
    public CanceledException(@Nullable Throwable cause) {
        super("context canceled", cause);
    }
}
