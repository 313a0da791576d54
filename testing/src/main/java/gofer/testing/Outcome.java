package gofer.testing;

/// One of the different things that schedules yielded.
///
/// @param count how many schedules yielded it
/// @param token replays one of them
public record Outcome(long count, String token) {

    Outcome again() {
        return new Outcome(count + 1, token);
    }
}
