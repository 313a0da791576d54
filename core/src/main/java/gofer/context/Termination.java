package gofer.context;

import org.jspecify.annotations.Nullable;

/// How a context ended. It creates exceptions on demand: the stack trace of each shows where it was thrown, and a
/// context whose end goes unnoticed, as most do, costs none.
///
/// @param expired whether the deadline has passed
/// @param why the cause that was given; null if none was
record Termination(boolean expired, @Nullable Throwable why) {

    /// The end of a context that some thread is ending at this moment.
    static final Termination PENDING = new Termination(false, null);

    static final Termination CANCELED = new Termination(false, null);
    static final Termination EXPIRED = new Termination(true, null);

    /// Returns the termination of `context`, a user's context that is done.
    static Termination of(Context context) {
        RuntimeException cause = context.cause();
        boolean none = cause instanceof ContextException && cause.getCause() == null;
        return new Termination(context.err() instanceof DeadlineExceededException, none ? null : cause);
    }

    ContextException err() {
        return expired ? new DeadlineExceededException() : new CanceledException();
    }

    RuntimeException cause() {
        return switch (why) {
            case null -> err();
            case RuntimeException unchecked -> unchecked;
            case Throwable other -> expired ? new DeadlineExceededException(other) : new CanceledException(other);
        };
    }
}
