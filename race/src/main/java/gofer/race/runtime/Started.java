package gofer.race.runtime;

/// A goroutine, whose class gets the methods when it is loaded.
public interface Started {

    /// Returns for example `goroutine 7`, or `goroutine 7 "name"`.
    String gofer$description();

    /// Returns the place in the program that started it.
    StackTraceElement gofer$site();

    /// Returns for example `goroutine 1`, or the empty string if no goroutine has started it.
    String gofer$creator();
}
