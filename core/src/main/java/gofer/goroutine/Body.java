package gofer.goroutine;

import gofer.runtime.annotation.CheckReturnValue;

/// What a goroutine runs. It may throw anything; see `Go.go` for where an exception goes.
@FunctionalInterface
@CheckReturnValue
public interface Body {

    /// Runs to the end of the goroutine.
    void run() throws Throwable;

    /// The body around which this one does something: dumps name the place where that one was written. Itself if it
    /// wraps none.
    default Body wrapped() {
        return this;
    }
}
