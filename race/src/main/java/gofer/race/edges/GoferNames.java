package gofer.race.edges;

import org.jspecify.annotations.Nullable;

/// What rewritten classes of Gofer call, where the hooks alone do not suffice.
public final class GoferNames {

    private GoferNames() {}

    /// Returns for example `goroutine 7`, or null if the number is 0: the starter is no goroutine.
    public static @Nullable String goroutine(long number) {
        return number == 0 ? null : "goroutine " + number;
    }
}
