package gofer.context;

import gofer.goroutine.Cancellation;
import gofer.runtime.Goroutines;
import gofer.runtime.Operation;
import gofer.runtime.Origin;
import gofer.runtime.Wakeup;
import gofer.runtime.World;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A function that is to run after the end of a context.
final class Hook extends Dependent implements Cancellation.Registration {

    private final AtomicBoolean decided = new AtomicBoolean(); // to run, or not to
    private final CancelContext context;
    private final Runnable f;
    private final @Nullable Origin origin; // of the goroutine; null if f needs none

    Hook(CancelContext context, Runnable f) {
        this.context = context;
        this.f = f;
        this.origin = f instanceof Wakeup ? null : Origin.of(f);
    }

    /// Whether it does no more than to wake somebody.
    boolean isWakeup() {
        return origin == null;
    }

    /// Starts the function, unless it was stopped. Without locks.
    void start() {
        if (!decided.compareAndSet(false, true)) {
            return;
        }
        if (origin == null) {
            f.run();
        } else {
            Goroutines.startFor(origin, f::run);
        }
    }

    @Override
    public boolean stop() {
        if (!isWakeup()) {
            World.before(Operation.STOP, context);
        }
        if (!decided.compareAndSet(false, true)) {
            return false;
        }
        context.remove(this);
        return true;
    }
}
