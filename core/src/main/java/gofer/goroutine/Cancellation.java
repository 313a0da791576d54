package gofer.goroutine;

import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import org.jspecify.annotations.Nullable;

/// What can call off a wait: `gofer.context.Context` is one. Every blocking call that takes a context takes it as this.
///
/// Once [#cause] has an answer it always has one: a cancellation is never taken back.
@CheckReturnValue
public interface Cancellation {

    /// A hook that can be taken back, as returned by [#afterFunc].
    @FunctionalInterface
    interface Registration {

        /// Takes the hook back, and tells whether that kept it from running.
        @CanIgnoreReturnValue
        boolean stop();
    }

    /// Why it was called off, to be thrown by the wait; null while it has not been. It may be another exception at each
    /// call, so that each wait has one of its own.
    @Nullable RuntimeException cause();

    /// Runs `f` in a goroutine of its own once this is cancelled, at once if it is already.
    @CanIgnoreReturnValue
    Registration afterFunc(Runnable f);
}
