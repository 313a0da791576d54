package gofer.context;

import gofer.goroutine.Cancellation;
import gofer.runtime.park.EndSource;
import gofer.runtime.park.World;

/// A callback that a context starts after its end.
abstract sealed class EndCallback extends Dependent implements Cancellation.Registration, EndSource
        permits AfterFunc, WaitCallback, Follower {

    final CancelContext context;

    EndCallback(CancelContext context) {
        this.context = context;
    }

    /// Starts the callback. Runs without locks, after the end of the context.
    abstract void start();

    @Override
    public final boolean mayComeFromOutside(World world) {
        return context.mayEndOutside(world);
    }

    @Override
    public final long due() {
        return Deadlines.due(context);
    }
}
