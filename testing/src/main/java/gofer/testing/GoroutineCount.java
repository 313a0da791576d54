package gofer.testing;

import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// The number of goroutines that a goroutine observes.
///
/// A goroutine ends some time after its last visible effect, and a new one exists some time after the last step of its starter.
/// The order of the steps does not determine these moments, so they are chosen when a goroutine reads the number.
final class GoroutineCount {

    private int lagging; // the goroutines that have ended and may still be counted

    /// Called when a goroutine has ended.
    void ended() {
        lagging++;
    }

    /// Returns how many goroutines of `live` the task `observer` sees.
    ///
    /// @param choose returns one of the given number of options, from 0
    int of(List<Task> live, @Nullable Task observer, IntUnaryOperator choose) {
        int count = (int) live.stream().filter(task -> task.goroutine != null).count();
        if (lagging > 0) {
            lagging = choose.applyAsInt(lagging + 1);
            count += lagging;
        }
        int maybeUnstarted = (int) live.stream().filter(task -> mayNotHaveStarted(task, observer)).count();
        return maybeUnstarted > 0 ? count - choose.applyAsInt(maybeUnstarted + 1) : count;
    }

    private static boolean mayNotHaveStarted(Task task, @Nullable Task observer) {
        Task starter = task.starter;
        return task.goroutine != null
                && starter != null
                && starter != observer
                && !task.hasRun
                && starter.steps == task.starterSteps;
    }
}
