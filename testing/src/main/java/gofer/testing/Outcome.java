package gofer.testing;

/// One of the different outcomes of an exploration.
///
/// @param count the number of schedules with this outcome
/// @param token a token that replays the first of them; empty if it cannot be replayed
public record Outcome(long count, String token) {

    Outcome oneMore() {
        return new Outcome(count + 1, token);
    }
}
