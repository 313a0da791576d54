package gofer.group;

import gofer.context.Context;
import gofer.runtime.annotation.CheckReturnValue;

/// The work of one goroutine of a [ResultGroup] or a [FirstResult]: a function that returns a value or throws.
@FunctionalInterface
@CheckReturnValue
public interface Task<T> {

    /// Does the work and returns its result, which must not be null. `ctx` is the context of the group. Pass it to
    /// everything that can be cancelled, so that the task ends soon after the group is cancelled.
    T run(Context ctx) throws Exception;
}
