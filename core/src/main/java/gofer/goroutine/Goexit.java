package gofer.goroutine;

/// What `Go.goexit` throws to unwind the goroutine. Caught where the goroutine was started; code that catches every
/// [Throwable] on the way has to throw it on.
public final class Goexit extends Error {

    private static final long serialVersionUID = 1;

    /// Ends the current goroutine when thrown.
    public Goexit() {
        super("goexit", null, false, false);
    }
}
