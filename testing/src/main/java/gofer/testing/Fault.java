package gofer.testing;

import org.jspecify.annotations.Nullable;

/// A schedule that goes wrong.
///
/// @param message what happened
/// @param detail what the goroutines that are left wait for, or the stack of an exception
/// @param steps a table of what happened
/// @param token replays it; empty if nothing can
/// @param obstacle why there is no token; empty if there is one
/// @param schedule which schedule it was, from 1
/// @param thrown what left a goroutine; null if it went wrong otherwise
public record Fault(
        String message,
        String detail,
        String steps,
        String token,
        String obstacle,
        long schedule,
        @Nullable Throwable thrown) {

    /// All of it, for a person.
    public String text() {
        return message
                + (detail.isBlank() ? "" : "\n\n" + detail.stripTrailing())
                + (steps.isBlank() ? "" : "\n\n" + steps.stripTrailing())
                + "\n\nschedule "
                + schedule
                + "; "
                + (token.isEmpty() ? noReplay() : "to see it again: Explore.replay(\"" + token + "\", body)")
                + '\n';
    }

    /// Said in place of the way to replay it.
    public String noReplay() {
        return "it cannot be replayed: " + obstacle;
    }
}
