package gofer.pipeline;

import gofer.context.Context;
import gofer.runtime.annotation.CheckReturnValue;

/// A function that a stage calls for each value. See [Pipeline#map].
@FunctionalInterface
@CheckReturnValue
public interface Mapper<T, R> {

    /// Returns the result for `value`, which must not be null. Pass `ctx` to each wait, so that the call ends soon
    /// after the pipeline is cancelled.
    R map(Context ctx, T value) throws Exception;
}
