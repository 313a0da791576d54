package gofer.goroutine;

/// The program has broken a rule on which others rely, such as unlocking what is not locked; its state cannot be trusted.
///
/// In Go the process ends at once. Here it is an [Error]: do not catch it to go on.
///
/// **Go:** `fatal error:` in `runtime/panic.go`.
public final class FatalError extends Error {

    private static final long serialVersionUID = 1;

    /// Go's message, without the words "fatal error".
    public FatalError(String message) {
        super(message);
    }
}
