package gofer.context;

import org.jspecify.annotations.Nullable;

/// Why a context is done: [CanceledException] or [DeadlineExceededException].
///
/// One exception serves everybody who waits on the context; its stack trace is that of the cancellation.
public abstract sealed class ContextException extends RuntimeException
        permits CanceledException, DeadlineExceededException {

    private static final long serialVersionUID = 1;

    ContextException(String message, @Nullable Throwable cause) {
        super(message, cause, /* enableSuppression= */ false, /* writableStackTrace= */ true);
    }
}
