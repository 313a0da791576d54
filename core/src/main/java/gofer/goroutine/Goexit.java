package gofer.goroutine;

import gofer.runtime.goroutine.Exit;

/// Thrown only by `Go.goexit`, to unwind the goroutine. It is caught where the goroutine was started. Code on the way
/// that catches every [Throwable] has to rethrow it.
public abstract sealed class Goexit extends Error permits Exit {

    private static final long serialVersionUID = 1;

    /// For the only subclass, which belongs to Gofer.
    protected Goexit() {
        super("goexit", null, false, false);
    }
}
