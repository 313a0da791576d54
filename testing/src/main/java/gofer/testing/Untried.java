package gofer.testing;

import java.util.ArrayList;
import java.util.List;

/// A record of what a run did not try, so that its search is not complete.
final class Untried {

    boolean isLong; // so that the rest of the run was scheduled at random
    boolean clockLimited; // the clock could have advanced more often while tasks could run
    boolean pollerSkipped; // a goroutine polled so often in a row that others ran first
    boolean repeatedYield; // a goroutine yielded at the same place again, so that others ran first
    boolean pinned; // a goroutine could not be preempted at a scheduling point
    boolean tooLong; // so that the run was abandoned

    /// Returns why an exhaustive search of schedules with at most `most` steps is not complete.
    List<String> ofAllSchedules(long most) {
        List<String> notes = new ArrayList<>();
        if (isLong) {
            notes.add(
                    "a schedule was so long that it was scheduled at random from step "
                            + Fairness.firstRandomStep(most)
                            + " on");
        }
        if (clockLimited) {
            notes.add(
                    "in each schedule the clock advanced only a few times while goroutines could run: more was not"
                            + " tried");
        }
        if (pollerSkipped) {
            notes.add("a goroutine that polled a thousand times in a row was treated as waiting: others ran first");
        }
        if (repeatedYield) {
            notes.add("a goroutine that yielded at the same place again was treated as waiting: others ran first");
        }
        return notes;
    }

    /// Returns notes that matter for any search.
    ///
    /// @param most the maximum number of steps of a run
    List<String> ofAny(int most) {
        List<String> notes = new ArrayList<>();
        if (pinned) {
            notes.add(
                    "a goroutine was pinned to its carrier at a scheduling point where another one was chosen to run");
        }
        if (tooLong) {
            notes.add("a schedule was abandoned after " + most + " steps: it may or may not end");
        }
        return notes;
    }
}
