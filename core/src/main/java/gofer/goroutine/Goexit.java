package gofer.goroutine;

import gofer.runtime.goroutine.Exit;

/// What `Go.goexit`, and nothing else, throws to unwind the goroutine. Caught where the goroutine was started; code that
/// catches every [Throwable] on the way has to throw it on.
public abstract sealed class Goexit extends Error permits Exit {

    private static final long serialVersionUID = 1;

    /// For the one subclass, which is Gofer's own.
    protected Goexit() {
        super("goexit", null, false, false);
    }
}
