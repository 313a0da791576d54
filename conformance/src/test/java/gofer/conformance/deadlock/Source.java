package gofer.conformance.deadlock;

/// A part of a program that may send the value for which the main goroutine waits.
interface Source {

    /// Creates the source.
    void open() throws Exception;
}
