package gofer.context;

import org.jspecify.annotations.Nullable;

/// The deadline of the context has passed.
///
/// **Go:** `context.DeadlineExceeded`.
public final class DeadlineExceededException extends ContextException {

    private static final long serialVersionUID = 1;

    DeadlineExceededException(@Nullable Throwable cause) {
        super("context deadline exceeded", cause);
    }
}
