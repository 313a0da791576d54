package gofer.cli;

import org.jspecify.annotations.Nullable;

/// Thrown if the command line is invalid. The message says what is valid.
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(@Nullable String message) {
        super(message);
    }
}
