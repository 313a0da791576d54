package gofer.testing;

import org.jspecify.annotations.Nullable;

/// The failure of a run.
///
/// @param kind the kind of failure
/// @param message what happened
/// @param dump the dump of the remaining goroutines, or empty
/// @param thrown the exception that escaped a goroutine; null if there was none
record Failure(Kind kind, String message, String dump, @Nullable Throwable thrown) {

    enum Kind {
        PANIC,
        RACE,
        DEADLOCK,
        LEAK,
        LIVELOCK,
        HANG,
        OUTSIDE;

        /// Returns whether the run fails at a certain step, not after some time or many steps.
        boolean isAtOneStep() {
            return this == PANIC || this == RACE || this == DEADLOCK || this == LEAK;
        }
    }

    /// Returns whether `other` is the same fault, even if it has other steps.
    boolean isLike(@Nullable Failure other) {
        return other != null
                && kind == other.kind
                && cause() == other.cause()
                && (kind != Kind.RACE || RaceReport.isOfSameVariable(message, other.message));
    }

    private @Nullable Class<?> cause() {
        return thrown == null ? null : thrown.getClass();
    }

    /// Returns the message and the dump.
    String text() {
        return dump.isEmpty() ? message : message + "\n\n" + dump;
    }

    /// Returns an error whose stack begins in the test, with the exception of this failure as its cause.
    AssertionError error(String text) {
        return error(text, thrown);
    }

    /// Returns an error whose stack begins in the test.
    static AssertionError error(String text, @Nullable Throwable thrown) {
        var error = new AssertionError(text, thrown);
        error.setStackTrace(Loop.programOf(error.getStackTrace()));
        return error;
    }
}
