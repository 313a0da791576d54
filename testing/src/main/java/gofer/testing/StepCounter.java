package gofer.testing;

/// A counter of the steps of a run, which decides when there are too many.
final class StepCounter {

    /// What a step means for its run.
    enum Verdict {
        /// The run goes on.
        NONE,
        /// The run will never end.
        ENDLESS,
        /// The run is too long, and it is not known whether it would end.
        TOO_LONG,
        /// The main goroutine has ended, and the others have had enough time.
        OVER
    }

    /// How many steps others may make after the end of the main goroutine.
    private static final int AFTERMATH = 10_000;

    private final int most;
    private final Fairness fairness;
    private int made;
    private int moves; // of the clock, and the like
    private int computations; // that were long
    private int atTurn; // the value of `made` at the last turn
    private int aftermath; // since the end of the main goroutine

    /// Counts the steps of a run that may have `most` of them.
    StepCounter(int most) {
        this.most = most;
        this.fairness = new Fairness(most);
    }

    /// Counts a step.
    Verdict count(boolean isMainOver) {
        made++;
        if (isMainOver && ++aftermath > AFTERMATH) {
            return Verdict.OVER;
        }
        if (!areTooMany()) {
            return Verdict.NONE;
        }
        return isMainOver ? Verdict.OVER : most >= Fairness.ENDLESS ? Verdict.ENDLESS : Verdict.TOO_LONG;
    }

    boolean areTooMany() {
        return made > most || moves > most / Fairness.MOVE || computations > most / Fairness.COMPUTATION;
    }

    /// Counts a move of the clock, which takes as long as [Fairness#MOVE] steps.
    void moves() {
        moves++;
    }

    /// Counts a long computation, which takes as long as [Fairness#COMPUTATION] steps.
    void computes() {
        computations++;
    }

    /// Called when a task gets its turn, after the previous one has yielded or parked. Returns true if there was no step since
    /// the last turn, which then counts as one: goroutines that only park and unpark each other reach no scheduling point.
    boolean areNoneSinceLastTurn(boolean yielded) {
        boolean none = made == atTurn;
        if (none && !yielded) {
            moves();
        }
        atTurn = none ? made + 1 : made;
        return none;
    }

    /// Returns whether the run is so long that the rest is scheduled at random.
    boolean areMany() {
        return fairness.isLong(made);
    }

    /// Returns whether the clock should advance by `nanos` although tasks can run, in a run that is scheduled at random.
    boolean letTimePass(long nanos) {
        return fairness.timePasses(made, nanos);
    }

    /// Returns the option to take in such a run.
    int choose(Choice choice) {
        return fairness.choose(choice);
    }

    int made() {
        return made;
    }
}
