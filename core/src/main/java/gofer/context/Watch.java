package gofer.context;

import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.chan.Second;
import gofer.chan.Selects;
import gofer.goroutine.Cancellation;
import gofer.runtime.Goroutines;
import gofer.runtime.Origin;
import java.util.concurrent.atomic.AtomicBoolean;

/// A goroutine that waits for a context of the user's to be done, and then runs a function.
final class Watch implements Cancellation.Registration {

    private final AtomicBoolean decided = new AtomicBoolean(); // to run, or not to
    private final Chan<Void> stopped = Chan.make();

    private Watch(RecvChan<Void> done, Runnable f) {
        Goroutines.startFor(
                Origin.of(f),
                () -> {
                    if (!(Selects.select(done, stopped) instanceof Second) && decided.compareAndSet(false, true)) {
                        f.run();
                    }
                });
    }

    /// Runs `f` when `context` is done; without a goroutine if it is never done, or ends with one of our own kind.
    static Cancellation.Registration over(Context context, Runnable f) {
        RecvChan<Void> done = context.done();
        if (done == RecvChan.<Void>never()) {
            return new Never();
        }
        CancelContext bearer = CancelContext.bearerOf(context, done);
        return bearer != null ? bearer.afterFunc(f) : new Watch(done, f);
    }

    @Override
    public boolean stop() {
        if (!decided.compareAndSet(false, true)) {
            return false;
        }
        stopped.close();
        return true;
    }
}
