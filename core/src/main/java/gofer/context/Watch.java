package gofer.context;

import gofer.chan.Chan;
import gofer.chan.Second;
import gofer.chan.Selects;
import gofer.goroutine.Cancellation;
import gofer.runtime.Goroutines;
import java.util.concurrent.atomic.AtomicBoolean;

/// A goroutine that waits for a context of the user's to be done, and then runs a function.
final class Watch implements Cancellation.Registration {

    private final AtomicBoolean decided = new AtomicBoolean(); // to run, or not to
    private final Chan<Void> stopped = Chan.make();

    Watch(Context context, Runnable f) {
        Goroutines.start(
                "",
                () -> {
                    if (Selects.select(context.done(), stopped) instanceof Second
                            || !decided.compareAndSet(false, true)) {
                        return;
                    }
                    f.run();
                });
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
