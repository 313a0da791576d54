package gofer.runtime.program;

import org.jspecify.annotations.Nullable;

/// How much is printed when an exception ends the program. Go's environment variable `GOTRACEBACK` says it.
enum Traceback {
    /// What was thrown.
    NONE,
    /// Also the goroutine that threw it: the default.
    SINGLE,
    /// Also what all others do.
    ALL;

    /// `setting` as Go reads it, null if the variable is not set. What `system` and `crash` show beyond `all` in Go, the
    /// JVM has not.
    static Traceback of(@Nullable String setting) {
        return switch (setting) {
            case "none", "0" -> NONE;
            case "all", "2", "system", "crash" -> ALL;
            case null, default -> SINGLE;
        };
    }
}
