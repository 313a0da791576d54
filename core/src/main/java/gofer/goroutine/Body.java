package gofer.goroutine;

import gofer.runtime.annotation.CheckReturnValue;

/// The function that a goroutine runs. It may throw any [Throwable]; `Go.go` describes what happens to it.
@FunctionalInterface
@CheckReturnValue
public interface Body {

    /// Runs the goroutine. The goroutine ends when this method returns or throws.
    void run() throws Throwable;

    /// Returns the body that this one wraps, or this body if it wraps none. Dumps name the place where the wrapped body
    /// was written.
    default Body wrapped() {
        return this;
    }
}
