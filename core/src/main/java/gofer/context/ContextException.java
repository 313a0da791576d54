package gofer.context;

import org.jspecify.annotations.Nullable;

/// Why a context is done: [CanceledException] or [DeadlineExceededException].
///
/// Who asks a context gets one of its own, so its stack trace tells where the end was noticed: who cancelled is not in
/// it. Give `cancel` a cause to tell that.
public abstract sealed class ContextException extends RuntimeException
        permits CanceledException, DeadlineExceededException {

    private static final long serialVersionUID = 1;

    ContextException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
