package gofer.pipeline;

import gofer.chan.SendChan;
import gofer.context.Context;
import gofer.runtime.annotation.CheckReturnValue;

/// The work of a stage that sends values on a channel of its own. See [Pipeline#produce].
@FunctionalInterface
@CheckReturnValue
public interface Producer<T> {

    /// Sends values on `out` and returns at the end of the values. Pass `ctx` to each send and to each other wait, so
    /// that the producer ends soon after the pipeline is cancelled.
    void produce(Context ctx, SendChan<T> out) throws Exception;
}
