package gofer.cli;

/// The exception for a program that does not compile, or has nothing to run. The message is ready to print.
final class BadSourceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadSourceException(String message) {
        super(message);
    }
}
