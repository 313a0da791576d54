package gofer.context;

import org.jspecify.annotations.Nullable;

/// How a context ended. It makes the exceptions anew whenever they are asked for: each that is thrown tells by its stack
/// trace where it was, and a context that ends unnoticed, as most do, costs none.
///
/// @param expired whether its time was up
/// @param why what was given as the cause; null if nothing was
record Termination(boolean expired, @Nullable Throwable why) {

    /// Not known yet: somebody is ending the context at this moment.
    static final Termination PENDING = new Termination(false, null);

    static final Termination CANCELED = new Termination(false, null);
    static final Termination EXPIRED = new Termination(true, null);

    /// That of `context`, one of the user's, which is done.
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
