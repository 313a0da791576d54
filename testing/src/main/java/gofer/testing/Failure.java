package gofer.testing;

import org.jspecify.annotations.Nullable;

/// How a run went wrong.
///
/// @param kind what sort of thing happened
/// @param message what happened
/// @param dump what the goroutines that are left do, or empty
/// @param thrown the exception that left a goroutine, if one did
record Failure(Kind kind, String message, String dump, @Nullable Throwable thrown) {

    enum Kind {
        PANIC,
        DEADLOCK,
        LEAK,
        LIVELOCK,
        HANG,
        OUTSIDE;

        /// Whether the schedule goes wrong at a certain step, and not after some time or many steps.
        boolean isOfOneInstant() {
            return this == PANIC || this == DEADLOCK || this == LEAK;
        }
    }

    /// Whether `other` is the same fault, perhaps come to by another way.
    boolean isLike(@Nullable Failure other) {
        return other != null && kind == other.kind && cause() == other.cause();
    }

    private @Nullable Class<?> cause() {
        return thrown == null ? null : thrown.getClass();
    }

    /// What is wrong, in a few lines.
    String text() {
        return dump.isEmpty() ? message : message + "\n\n" + dump;
    }

    /// As an error of a test.
    AssertionError error(String text) {
        return error(text, thrown);
    }

    /// The place in the test comes first.
    static AssertionError error(String text, @Nullable Throwable thrown) {
        var error = new AssertionError(text, thrown);
        error.setStackTrace(Loop.programOf(error.getStackTrace()));
        return error;
    }
}
