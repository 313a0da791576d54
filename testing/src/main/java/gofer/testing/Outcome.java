package gofer.testing;

/// One of the different outcomes of an exploration.
///
/// @param count how many schedules had this outcome
/// @param token a token that replays the first of them; empty if it cannot be replayed
public record Outcome(long count, String token) {

    Outcome again() {
        return new Outcome(count + 1, token);
    }
}
