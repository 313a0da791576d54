package gofer.group;

import gofer.context.CancelContext;
import gofer.context.Context;
import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.World;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A group of goroutines that try to get the same result. The first result wins and cancels the other tasks.
///
/// {@snippet file="snippets/Results.java" region="first"}
///
/// A task fails as in a [ResultGroup]. A failure cancels nothing: the other tasks may still succeed.
///
/// **Memory:** the end of each task happens before the return, or throw, of [#await].
///
/// **Go:** none. **Java:** `StructuredTaskScope` with `anySuccessfulResultOrThrow`, `ExecutorService.invokeAny`.
@CheckReturnValue
public final class FirstResult<T> {

    private final CancelContext context;
    private final ResultGroup<T> tasks;
    private final AtomicReference<@Nullable T> first = new AtomicReference<>();

    private FirstResult(CancelContext context) {
        this.context = context;
        this.tasks = new ResultGroup<>(new ErrGroup(context, null));
    }

    /// Returns a group with its own context, derived from `parent`. The first result cancels the context. The return of
    /// [#await] cancels it too.
    public static <T> FirstResult<T> withContext(Context parent) {
        return new FirstResult<>(Objects.requireNonNull(parent, "parent").withCancel());
    }

    /// Limits the number of tasks that run at the same time, as [ErrGroup#limit] does. With 1, the tasks run one after
    /// the other until one succeeds.
    @CanIgnoreReturnValue
    public FirstResult<T> limit(int n) {
        tasks.limit(n);
        return this;
    }

    /// Waits until the limit allows it and starts a goroutine that runs the task. Throws
    /// [gofer.goroutine.InterruptException] if interrupted while waiting.
    ///
    /// If there is a result already, or the context is cancelled before or during the wait, the task is not started. It
    /// counts as failed, with the context's cause.
    public void go(Task<? extends T> task) {
        go("", task);
    }

    /// Starts a task as [#go(Task)] does, with a name for dumps and reports.
    public void go(String name, Task<? extends T> task) {
        Objects.requireNonNull(task, "task");
        tasks.go(
                name,
                ctx -> {
                    T value = Objects.requireNonNull(task.run(ctx), "task returned null");
                    World.point(SyncPoint.PUBLISH, this);
                    if (first.compareAndSet(null, value)) {
                        context.cancel();
                    }
                    return value;
                },
                task);
    }

    /// Waits until all tasks have ended, also those that the first result cancelled, so that no goroutine is left
    /// behind. Then cancels the context and returns the first result.
    ///
    /// If no task succeeded, throws the first failure; [#failures] returns them all. Throws [IllegalStateException] if
    /// there was no task, and [gofer.goroutine.InterruptException] if interrupted while waiting. Can be called again.
    public T await() throws Exception {
        var _ = tasks.awaitOutcomes();
        context.cancel();
        T result = first.get();
        if (result == null) {
            var _ = tasks.await(); // throws the first failure
            throw new IllegalStateException("firstresult: no task was started");
        }
        return result;
    }

    /// Returns all failures so far, in the order in which they happened. After a result, they may include those of the
    /// tasks that it cancelled. The list does not change.
    public List<Throwable> failures() {
        return tasks.failures();
    }

    /// Returns `firstresult`.
    @Override
    public String toString() {
        return "firstresult";
    }
}
