package gofer.context;

import gofer.goroutine.Cancellation;
import gofer.runtime.park.EndSource;
import gofer.runtime.park.Sleeper;
import gofer.runtime.park.World;
import java.util.concurrent.atomic.AtomicBoolean;

/// The registration of a function with a context that is never done. The first stop returns true.
final class Never implements Cancellation.Registration, EndSource {

    private final AtomicBoolean stopped = new AtomicBoolean();

    @Override
    public boolean mayComeFromOutside(World world) {
        return false;
    }

    @Override
    public long due() {
        return Sleeper.NEVER;
    }

    @Override
    public boolean stop() {
        return stopped.compareAndSet(false, true);
    }
}
