package gofer.runtime.goroutine;

import gofer.goroutine.Body;
import gofer.runtime.park.Timers;
import gofer.runtime.park.World;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A starter for a goroutine that runs later. Any thread can use it. The goroutine is started on behalf of the
/// goroutine that created the starter, and in its world.
public final class Starter {

    private final Origin origin;
    private final @Nullable World world = World.current();
    private final @Nullable Executor executor = world == null ? null : world.externalExecutor();

    /// Creates a starter for a goroutine that runs `body`.
    public Starter(Object body) {
        this.origin = Origin.of(body);
    }

    /// Returns the world in which the goroutine runs; null if it is in none.
    public @Nullable World world() {
        return world;
    }

    /// Starts a goroutine that runs `body`. Does nothing if the world has ended the run.
    public void start(Body body) {
        World here = World.current();
        if (here == world) {
            Goroutines.startFor(origin, body);
        } else if (executor != null) {
            executor.execute(() -> Goroutines.startFor(origin, body));
        } else {
            Timers.outside(() -> Goroutines.startFor(origin, body));
        }
    }
}
