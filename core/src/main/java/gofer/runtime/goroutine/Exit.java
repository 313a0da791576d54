package gofer.runtime.goroutine;

import gofer.goroutine.Goexit;

/// The throwable that unwinds a goroutine, thrown by `Go.goexit`. It is in this package, which is not exported, so that
/// no other code can create one.
public final class Exit extends Goexit {

    private static final long serialVersionUID = 1;

    /// Creates a throwable that ends the current goroutine when thrown.
    public Exit() {}
}
