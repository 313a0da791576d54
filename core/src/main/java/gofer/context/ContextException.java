package gofer.context;

import org.jspecify.annotations.Nullable;

/// Why a context is done: [CanceledException] or [DeadlineExceededException].
///
/// Who asks for the cause gets one of its own, so its stack trace tells where the end was noticed: who cancelled is not in
/// it. Give `cancel` a cause to tell that. The one that `err` gives is the same for all, and has no stack trace.
public abstract sealed class ContextException extends RuntimeException
        permits CanceledException, DeadlineExceededException {

    private static final long serialVersionUID = 1;

    /// Without a trace it cannot be changed by anybody, and so can be shared.
    ContextException(String message, @Nullable Throwable cause, boolean traced) {
        super(message, cause, traced, traced);
    }
}
