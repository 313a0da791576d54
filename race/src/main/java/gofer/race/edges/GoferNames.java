package gofer.race.edges;

import gofer.race.runtime.ThreadName;
import org.jspecify.annotations.Nullable;

/// What rewritten classes of Gofer call, where the hooks alone do not suffice.
public final class GoferNames {

    private GoferNames() {}

    /// Returns the name of the current thread, which creates a goroutine, if it is a thread of the program but no goroutine.
    /// Returns null otherwise.
    public static @Nullable String starter() {
        return ThreadName.ofStarter();
    }

    /// Returns for example `goroutine 7`. If the number is 0, the starter is no goroutine, and its name is `other`.
    public static @Nullable String creator(long number, @Nullable String other) {
        return number == 0 ? other : "goroutine " + number;
    }
}
