package gofer.cli;

/// The command line makes no sense; the message says what does.
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
