package gofer.testing;

import java.util.ArrayList;
import java.util.List;

/// What a run could not try, so that a search that came by it is not complete.
final class Untried {

    boolean isLong; // the rest of the run was left to chance
    boolean bounded; // the clock could have moved once more though others could go on
    boolean passedOver; // a goroutine looked so often in a row that others went first
    boolean yieldedAgain; // at the same place, so that others went first
    boolean pinned; // a goroutine could not be interrupted where it was to be
    boolean tooLong; // the run was given up without a verdict

    /// Why an exhaustive search is not complete.
    List<String> ofAllSchedules() {
        List<String> notes = new ArrayList<>();
        if (isLong) {
            notes.add("a schedule was so long that it was left to chance from step " + Fairness.LONG + " on");
        }
        if (bounded) {
            notes.add(
                    "time passes while goroutines could go on only a few times in a schedule: more often was not"
                            + " tried");
        }
        if (passedOver) {
            notes.add(
                    "a goroutine that looked a thousand times in a row was taken for one that waits: others went"
                            + " first");
        }
        if (yieldedAgain) {
            notes.add(
                    "a goroutine that yielded at the same place again was taken for one that waits: others went"
                            + " first");
        }
        return notes;
    }

    /// What is worth knowing of any search.
    ///
    /// @param most how many steps a run may have
    List<String> ofAny(int most) {
        List<String> notes = new ArrayList<>();
        if (pinned) {
            notes.add("a goroutine was pinned to its thread, where another was to go on");
        }
        if (tooLong) {
            notes.add("a schedule was given up after " + most + " steps: whether it ends is not known");
        }
        return notes;
    }
}
