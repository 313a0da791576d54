package gofer.race.edges;

/// What rewritten classes of Gofer call, where the hooks alone do not suffice.
public final class GoferNames {

    private GoferNames() {}

    /// Returns for example `goroutine 7`, or the empty string if the number is 0.
    public static String goroutine(long number) {
        return number == 0 ? "" : "goroutine " + number;
    }
}
