package gofer.interop;

import gofer.context.Context;
import gofer.runtime.annotation.CheckReturnValue;
import org.jspecify.annotations.Nullable;

/// Work that returns a result and can be cancelled; see [Futures#go].
@FunctionalInterface
@CheckReturnValue
public interface Work<T extends @Nullable Object> {

    /// Does the work and returns its result. Passes `ctx` to each wait, so that the waits end when the work is cancelled.
    T run(Context ctx) throws Exception;
}
