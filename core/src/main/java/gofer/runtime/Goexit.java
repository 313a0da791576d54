package gofer.runtime;

/// Unwinds a goroutine that ends itself; caught where its body was called. Not an exception: a `catch (Exception)` on
/// the way does not stop it.
public final class Goexit extends Error {

    private static final long serialVersionUID = 1;

    /// One for the current goroutine.
    public Goexit() {
        super("goexit", null, false, false);
    }
}
