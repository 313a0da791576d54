package gofer.cli;

import org.jspecify.annotations.Nullable;

/// The exception for an invalid command line. The message says what is valid.
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(@Nullable String message) {
        super(message);
    }
}
