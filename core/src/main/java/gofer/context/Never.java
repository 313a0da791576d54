package gofer.context;

import gofer.goroutine.Cancellation;
import java.util.concurrent.atomic.AtomicBoolean;

/// The registration of a function with a context that is never done: the first stop keeps it from running.
final class Never implements Cancellation.Registration {

    private final AtomicBoolean stopped = new AtomicBoolean();

    @Override
    public boolean stop() {
        return stopped.compareAndSet(false, true);
    }
}
