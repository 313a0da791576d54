package gofer.testing;

/// Counts the steps of a run, and says when there are too many.
final class StepCounter {

    /// What a step means for its run.
    enum Verdict {
        /// It goes on.
        NONE,
        /// It will never end.
        ENDLESS,
        /// It is too long, and whether it would end is not known.
        TOO_LONG,
        /// The main goroutine is over, and the others have had their time.
        OVER
    }

    /// So many steps others may make after the end of the main goroutine.
    private static final int AFTERMATH = 10_000;

    private final int most;
    private final Fairness fairness;
    private int made;
    private int moves; // of the clock, and the like
    private int computations; // that were long
    private int atTurn; // how many there were when somebody last had a turn
    private int aftermath; // since the end of the main goroutine

    /// Of a run that may have so many.
    StepCounter(int most) {
        this.most = most;
        this.fairness = new Fairness(most);
    }

    /// One more has been made.
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

    /// Something happens that takes as long as [Fairness#MOVE] steps: the clock moves.
    void moves() {
        moves++;
    }

    /// Somebody computes for as long as [Fairness#COMPUTATION] steps take.
    void computes() {
        computations++;
    }

    /// Somebody has a turn, after another one has yielded or parked. True if nobody has made a step since the last turn, which
    /// then counts as one: those who only park and unpark each other come to no point.
    boolean areNoneSinceLastTurn(boolean yielded) {
        boolean none = made == atTurn;
        if (none && !yielded) {
            moves();
        }
        atTurn = none ? made + 1 : made;
        return none;
    }

    /// Whether there are so many that the rest is left to chance.
    boolean areMany() {
        return fairness.isLong(made);
    }

    /// Whether the clock is to move so far though others could go on, in a run that is left to chance.
    boolean letTimePass(long nanos) {
        return fairness.timePasses(made, nanos);
    }

    /// Which option is taken in such a run.
    int choose(Choice choice) {
        return fairness.choose(choice);
    }

    int made() {
        return made;
    }
}
