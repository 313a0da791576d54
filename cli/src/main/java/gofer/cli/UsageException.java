package gofer.cli;

import org.jspecify.annotations.Nullable;

/// The exception for an invalid command line. The message describes a valid one.
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(@Nullable String message) {
        super(message);
    }
}
