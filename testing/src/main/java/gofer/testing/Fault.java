package gofer.testing;

import org.jspecify.annotations.Nullable;

/// A schedule that goes wrong.
///
/// @param message what happened
/// @param detail what the goroutines that are left wait for, or the stack of an exception
/// @param steps a table of what happened
/// @param token replays it; empty if platform threads were started, which cannot be steered
/// @param schedule which schedule it was, from 1
/// @param thrown what left a goroutine; null if it went wrong otherwise
public record Fault(
        String message, String detail, String steps, String token, long schedule, @Nullable Throwable thrown) {

    /// All of it, for a person.
    public String text() {
        return message
                + (detail.isBlank() ? "" : "\n\n" + detail.stripTrailing())
                + "\n\n"
                + steps
                + "\nschedule "
                + schedule
                + (token.isEmpty()
                        ? "; it cannot be repeated, as platform threads cannot be steered\n"
                        : "; to see it again: Explore.replay(\"" + token + "\", body)\n");
    }
}
