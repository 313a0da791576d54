package gofer.testing;

import java.util.ArrayList;
import java.util.List;

/// What a run could not try, so that its search is not complete.
final class Untried {

    boolean isLong; // the rest of the run was scheduled at random
    boolean bounded; // the clock could have advanced once more while tasks could run
    boolean passedOver; // a goroutine looked so often in a row that others ran first
    boolean yieldedAgain; // at the same place, so that others ran first
    boolean pinned; // a goroutine could not be preempted where it should have been
    boolean tooLong; // the run was abandoned without a verdict

    /// Returns why an exhaustive search, of schedules of at most `most` steps, is not complete.
    List<String> ofAllSchedules(long most) {
        List<String> notes = new ArrayList<>();
        if (isLong) {
            notes.add(
                    "a schedule was so long that it was scheduled at random from step "
                            + Fairness.begins(most)
                            + " on");
        }
        if (bounded) {
            notes.add(
                    "in each schedule the clock advanced only a few times while goroutines could run: more was not"
                            + " tried");
        }
        if (passedOver) {
            notes.add("a goroutine that polled a thousand times in a row was treated as waiting: others ran first");
        }
        if (yieldedAgain) {
            notes.add("a goroutine that yielded at the same place again was treated as waiting: others ran first");
        }
        return notes;
    }

    /// Returns notes that matter for any search.
    ///
    /// @param most how many steps a run may have
    List<String> ofAny(int most) {
        List<String> notes = new ArrayList<>();
        if (pinned) {
            notes.add("a goroutine was pinned to its carrier at a scheduling point where another was to run");
        }
        if (tooLong) {
            notes.add("a schedule was given up after " + most + " steps: whether it ends is not known");
        }
        return notes;
    }
}
