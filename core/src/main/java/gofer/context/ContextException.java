package gofer.context;

import org.jspecify.annotations.Nullable;

/// The reason why a context is done: [CanceledException] or [DeadlineExceededException].
///
/// Each call that returns the reason creates a new exception. Its stack trace shows where the end was noticed, not where
/// the context was cancelled. To identify that place, pass a cause to `cancel`.
public abstract sealed class ContextException extends RuntimeException
        permits CanceledException, DeadlineExceededException {

    private static final long serialVersionUID = 1;

    ContextException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
