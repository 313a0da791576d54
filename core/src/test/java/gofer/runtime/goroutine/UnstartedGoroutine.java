package gofer.runtime.goroutine;

/// A goroutine between its registration and its start.
public final class UnstartedGoroutine implements AutoCloseable {

    private final G goroutine = new G(Goroutines.lastId() + 1, "", () -> {}, () -> {}, Origin.of(this));

    /// Registers the goroutine.
    public UnstartedGoroutine() {
        Goroutines.register(goroutine);
    }

    /// Returns whether a thread has been started for it.
    public boolean hasStarted() {
        return goroutine.startedThread() != null;
    }

    @Override
    public void close() {
        Goroutines.remove(goroutine);
    }
}
