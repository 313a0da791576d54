package gofer.goroutine;

/// Thrown when the program has broken a rule on which other code relies, such as by unlocking an unlocked lock. The
/// state of the program cannot be trusted any more.
///
/// In Go the process ends at once. Here it is an [Error]: do not catch it and continue.
///
/// **Go:** `fatal error:` in `runtime/panic.go`.
public final class FatalError extends Error {

    private static final long serialVersionUID = 1;

    /// Creates an error with Go's message, without the words "fatal error".
    public FatalError(String message) {
        super(message);
    }
}
