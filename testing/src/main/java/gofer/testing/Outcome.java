package gofer.testing;

/// One of the different things that schedules yielded.
///
/// @param count how many schedules yielded it
/// @param token replays the first of them; empty if nothing can
public record Outcome(long count, String token) {

    Outcome again() {
        return new Outcome(count + 1, token);
    }
}
