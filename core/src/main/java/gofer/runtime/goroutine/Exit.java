package gofer.runtime.goroutine;

import gofer.goroutine.Goexit;

/// The unwinding of a goroutine, which only `Go.goexit` begins. Here, because what is not exported nobody else can make.
public final class Exit extends Goexit {

    private static final long serialVersionUID = 1;

    /// Ends the current goroutine when thrown.
    public Exit() {}
}
