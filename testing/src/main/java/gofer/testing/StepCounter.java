package gofer.testing;

/// A counter of the steps of a run. It decides when there are too many.
final class StepCounter {

    /// The consequence of a step for its run.
    enum Verdict {
        /// The run continues.
        CONTINUE,
        /// The run will never end.
        ENDLESS,
        /// The run is too long, and would perhaps end.
        TOO_LONG,
        /// The main goroutine has ended, and the others have had enough steps since then.
        DONE
    }

    /// The maximum number of steps after the main goroutine has ended.
    private static final int MAX_STEPS_AFTER_MAIN = 10_000;

    private final int most;
    private final Fairness fairness;
    private int count;
    private int advances; // of the clock, and turns without a step
    private int computations; // long ones
    private int atTurn; // the value of `count` at the last turn
    private int stepsAfterMain;

    /// Counts the steps of a run that may have at most `most` of them.
    StepCounter(int most) {
        this.most = most;
        this.fairness = new Fairness(most);
    }

    /// Counts a step.
    Verdict add(boolean hasMainEnded) {
        count++;
        if (hasMainEnded && ++stepsAfterMain > MAX_STEPS_AFTER_MAIN) {
            return Verdict.DONE;
        }
        if (!isAtLimit()) {
            return Verdict.CONTINUE;
        }
        return hasMainEnded ? Verdict.DONE : most >= Fairness.ENDLESS ? Verdict.ENDLESS : Verdict.TOO_LONG;
    }

    boolean isAtLimit() {
        return count > most
                || advances > most / Fairness.ADVANCE_STEPS
                || computations > most / Fairness.COMPUTATION_STEPS;
    }

    /// Counts an advance of the clock, which takes as long as [Fairness#ADVANCE_STEPS] steps.
    void countAdvance() {
        advances++;
    }

    /// Counts a long computation, which takes as long as [Fairness#COMPUTATION_STEPS] steps.
    void countComputation() {
        computations++;
    }

    /// Called when a task gets its turn, after the previous task has yielded or parked. Returns true if the last turn had no
    /// step. Then the turn counts as one: goroutines that only park and unpark each other reach no scheduling point.
    boolean isTurnWithoutStep(boolean yielded) {
        boolean isEmpty = count == atTurn;
        if (isEmpty && !yielded) {
            countAdvance();
        }
        atTurn = isEmpty ? count + 1 : count;
        return isEmpty;
    }

    /// Returns whether the run is so long that the rest is scheduled at random.
    boolean isLong() {
        return fairness.isLong(count);
    }

    /// Returns whether the clock should advance by `nanos` although tasks can run, in a run that is scheduled at random.
    boolean letTimePass(long nanos) {
        return fairness.timePasses(count, nanos);
    }

    /// Returns the option to take in a run that is scheduled at random.
    int choose(Choice choice) {
        return fairness.choose(choice);
    }

    int count() {
        return count;
    }
}
