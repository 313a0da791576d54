package gofer.runtime.program;

import org.jspecify.annotations.Nullable;

/// The amount of detail that is printed when an exception ends the program: the value of Go's environment variable
/// `GOTRACEBACK`.
enum Traceback {
    /// The exception.
    NONE,
    /// Also the goroutine that threw it: the default.
    SINGLE,
    /// Also all other goroutines.
    ALL;

    /// Returns the value for `setting`, read as Go does; null if the variable is not set. The JVM has nothing that
    /// corresponds to what `system` and `crash` show beyond `all` in Go.
    static Traceback of(@Nullable String setting) {
        return switch (setting) {
            case "none", "0" -> NONE;
            case "all", "2", "system", "crash" -> ALL;
            case null, default -> SINGLE;
        };
    }
}
