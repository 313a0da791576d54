package gofer.cli;

import org.jspecify.annotations.Nullable;

/// The command line makes no sense; the message says what does.
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(@Nullable String message) {
        super(message);
    }
}
