package gofer.testing;

/// The number of times that the clock may still advance in a run, although something else could happen first.
final class AdvanceBudget {

    private static final int MAX_EARLY = 3;

    private static final int MAX_LATE = 100;

    private int early = MAX_EARLY; // while a task can run
    private int afterMain = MAX_LATE; // after the main goroutine has ended
    private int outside = MAX_LATE; // during a wait for something outside

    boolean hasEarly() {
        return early > 0;
    }

    void useEarly() {
        early--;
    }

    /// Uses up one advance after the end of the main goroutine. Returns false if none is left.
    boolean useAfterMain() {
        return afterMain-- > 0;
    }

    boolean hasOutside() {
        return outside > 0;
    }

    void useOutside() {
        outside--;
    }
}
