package gofer.goroutine;

import gofer.runtime.annotation.CheckReturnValue;

/// The function that a goroutine runs. It may throw any [Throwable]; `Go.go` describes what happens to it.
@FunctionalInterface
@CheckReturnValue
public interface Body {

    /// Runs the goroutine. The goroutine ends when this method returns or throws.
    void run() throws Throwable;

    /// Returns the function that this body calls, or this body if it calls none. Dumps name the place where the function
    /// was written.
    default Object wrapped() {
        return this;
    }
}
