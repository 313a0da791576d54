package gofer.cli;

/// The user's program does not compile, or has nothing to run; the message is ready to print.
final class BadSourceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadSourceException(String message) {
        super(message);
    }
}
