package gofer.testing;

import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// How many goroutines there are, for one that asks.
///
/// A goroutine ends a while after the last thing that it does for others to see; and one that is started exists a while after
/// what the starter did before. No order of the steps tells these moments: so they are chosen when somebody asks.
final class GoroutineCount {

    private int lagging; // goroutines that have ended, and may still be counted

    /// A goroutine has done the last thing.
    void ended() {
        lagging++;
    }

    /// How many of `live` there are for `asking`.
    ///
    /// @param choose of so many options one, from 0
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
