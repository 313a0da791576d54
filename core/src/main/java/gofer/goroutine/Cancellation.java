package gofer.goroutine;

import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import org.jspecify.annotations.Nullable;

/// A reason to end a wait early. `gofer.context.Context` is one. Every blocking call that accepts a context accepts it
/// as this type.
///
/// A cancellation is final: once [#cause] has returned a cause, it never returns null again.
@CheckReturnValue
public interface Cancellation {

    /// A registered function that can be removed again, as returned by [#afterFunc].
    @FunctionalInterface
    interface Registration {

        /// Removes the function. Returns whether this kept it from running.
        @CanIgnoreReturnValue
        boolean stop();
    }

    /// Returns the exception that a cancelled wait throws, or null while this is not cancelled. Each call may create a
    /// new exception, so that each wait throws its own.
    @Nullable RuntimeException cause();

    /// Runs `f` in its own goroutine after the cancellation, at once if it has already happened.
    @CanIgnoreReturnValue
    Registration afterFunc(Runnable f);
}
