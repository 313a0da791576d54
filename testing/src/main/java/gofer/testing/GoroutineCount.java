package gofer.testing;

import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// How many goroutines a goroutine sees when it asks.
///
/// A goroutine ends some time after its last visible effect, and a new one exists some time after the last step of its starter.
/// The order of the steps does not determine these moments, so they are chosen when a goroutine asks.
final class GoroutineCount {

    private int lagging; // goroutines that have ended, and may still be counted

    /// Called when a goroutine has ended.
    void ended() {
        lagging++;
    }

    /// Returns how many goroutines of `live` the task `asking` sees.
    ///
    /// @param choose returns one of the given number of options, from 0
    int of(List<Task> live, @Nullable Task asking, IntUnaryOperator choose) {
        int counted = (int) live.stream().filter(task -> task.goroutine != null).count();
        if (lagging > 0) {
            lagging = choose.applyAsInt(lagging + 1);
            counted += lagging;
        }
        int fresh = (int) live.stream().filter(task -> mayNotHaveStarted(task, asking)).count();
        return fresh > 0 ? counted - choose.applyAsInt(fresh + 1) : counted;
    }

    private static boolean mayNotHaveStarted(Task task, @Nullable Task asking) {
        Task starter = task.starter;
        return task.goroutine != null
                && starter != null
                && starter != asking
                && !task.begun
                && starter.stepped == task.startedAt;
    }
}
