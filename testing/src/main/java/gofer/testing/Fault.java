package gofer.testing;

import org.jspecify.annotations.Nullable;

/// A schedule that fails.
///
/// @param message what happened
/// @param detail a dump of the remaining goroutines, or the stack of an exception
/// @param steps a table of the steps
/// @param token a token that replays the schedule; empty if it cannot be replayed
/// @param obstacle why there is no token; empty if there is one
/// @param schedule the number of the schedule in the search, from 1
/// @param thrown the exception that escaped a goroutine; null if the schedule failed for another reason
public record Fault(
        String message,
        String detail,
        String steps,
        String token,
        String obstacle,
        long schedule,
        @Nullable Throwable thrown) {

    /// Returns the whole report as readable text.
    public String text() {
        return message
                + (detail.isBlank() ? "" : "\n\n" + detail.stripTrailing())
                + (steps.isBlank() ? "" : "\n\n" + steps.stripTrailing())
                + "\n\nschedule "
                + schedule
                + "; "
                + (token.isEmpty() ? noReplay() : "to replay it: Explore.replay(\"" + token + "\", body)")
                + '\n';
    }

    /// Returns the sentence that reports show if there is no token.
    public String noReplay() {
        return "it cannot be replayed: " + obstacle;
    }
}
