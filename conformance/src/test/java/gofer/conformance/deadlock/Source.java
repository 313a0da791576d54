package gofer.conformance.deadlock;

/// Something else in a program whose main goroutine waits for a value.
interface Source {

    /// Creates it.
    void open() throws Exception;
}
