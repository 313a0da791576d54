package gofer.spring;

import gofer.context.Context;

/// The function that a goroutine of an [ApplicationGroup] runs.
@FunctionalInterface
public interface ContextBody {

    /// Runs the goroutine, which ends when this method returns or throws. `ctx` is done when the application stops. Pass it to
    /// each wait, so that the goroutine then ends soon.
    void run(Context ctx) throws Throwable;
}
