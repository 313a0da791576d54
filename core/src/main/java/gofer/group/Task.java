package gofer.group;

import gofer.context.Context;
import gofer.runtime.annotation.CheckReturnValue;
import org.jspecify.annotations.Nullable;

/// The work of one goroutine: a function that returns a value or throws. See [ResultGroup], [FirstResult] and
/// [gofer.interop.Futures#go].
@FunctionalInterface
@CheckReturnValue
public interface Task<T extends @Nullable Object> {

    /// Does the work and returns its result. Pass `ctx` to each wait, so that the task ends soon after it is cancelled.
    T run(Context ctx) throws Exception;
}
