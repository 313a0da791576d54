package gofer.runtime.goroutine;

import gofer.goroutine.Body;
import gofer.runtime.park.Timers;
import gofer.runtime.park.World;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Starts a goroutine later, on behalf of the one that made this and in its world, whoever asks for it.
public final class Starter {

    private final Origin origin;
    private final @Nullable World world = World.current();
    private final @Nullable Executor door = world == null ? null : world.door();

    /// For a goroutine that is to run `body`.
    public Starter(Object body) {
        this.origin = Origin.of(body);
    }

    /// That of the goroutine; null for the real one.
    public @Nullable World world() {
        return world;
    }

    /// Starts a goroutine that runs `body`. Not if the run of the world that it would be in is over.
    public void start(Body body) {
        World here = World.current();
        if (here == world) {
            Goroutines.startFor(origin, body);
        } else if (door != null) {
            door.execute(() -> Goroutines.startFor(origin, body));
        } else {
            Timers.outside(() -> Goroutines.startFor(origin, body));
        }
    }
}
