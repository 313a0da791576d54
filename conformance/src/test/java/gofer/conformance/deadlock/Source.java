package gofer.conformance.deadlock;

/// What else there is in a program whose main goroutine waits for a value.
interface Source {

    /// Brings it into being.
    void open() throws Exception;
}
