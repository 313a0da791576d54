package gofer.group;

import gofer.context.Context;
import gofer.goroutine.Body;
import gofer.goroutine.Goexit;
import gofer.goroutine.InterruptException;
import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.goroutine.CapturedBody;
import gofer.runtime.goroutine.Carriers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// A group of goroutines that each return a result. [#await] waits for all of them and returns the results in the order
/// of the calls of [#go].
///
/// {@snippet file="snippets/Results.java" region="results"}
///
/// A task fails if it throws, returns null or calls `goexit`. `goexit` and null show as an [IllegalStateException] and
/// a [NullPointerException]. An [Error] is a failure that also goes to the uncaught exception handler, as in an
/// [ErrGroup].
///
/// **Memory:** the end of each task happens before the return of [#await] and [#awaitOutcomes].
///
/// **Go:** none; `conc` calls it a result pool. **Java:** `StructuredTaskScope`.
@CheckReturnValue
public final class ResultGroup<T> {

    /// The place for the outcome of a task. It does not keep the task.
    private static final class Entry<T> {

        volatile @Nullable Outcome<T> outcome; // null until the task has ended
    }

    private final ErrGroup group;
    private final Queue<Entry<T>> entries = new ConcurrentLinkedQueue<>(); // in the order of the calls of go

    /// Creates a group without a limit. A failure does not cancel anything, and tasks get the background context.
    public ResultGroup() {
        this(new ErrGroup());
    }

    ResultGroup(ErrGroup group) {
        this.group = group;
    }

    /// Returns a group with its own context, derived from `parent`. The first failure cancels the context, with the
    /// failure as the cause. The return of [#await] or [#awaitOutcomes] cancels it too.
    public static <T> ResultGroup<T> withContext(Context parent) {
        return new ResultGroup<>(ErrGroup.withContext(parent));
    }

    /// Limits the number of tasks that run at the same time, as [ErrGroup#limit] does.
    @CanIgnoreReturnValue
    public ResultGroup<T> limit(int n) {
        group.limit(n);
        return this;
    }

    /// Waits until the limit allows it and starts a goroutine that runs the task. Throws [InterruptException] if
    /// interrupted while waiting; then the task does not count.
    ///
    /// If the group's context is cancelled before or during the wait, the task is not started. It counts as failed,
    /// with the context's cause, so a loop that starts tasks needs no check: [#await] throws.
    public void go(Task<? extends T> task) {
        go("", task);
    }

    /// Starts a task as [#go(Task)] does, with a name for dumps and reports.
    public void go(String name, Task<? extends T> task) {
        Objects.requireNonNull(task, "task");
        go(name, task, task);
    }

    /// Starts a task that calls the function `wrapped` of the program.
    void go(String name, Task<? extends T> task, Object wrapped) {
        Objects.requireNonNull(name, "goroutine name");
        Context ctx = group.context();
        Callable<? extends T> work = Carriers.captureCall(() -> task.run(ctx));
        Entry<T> entry = new Entry<>();
        Body body = CapturedBody.of(wrapped, () -> run(work, entry));
        entries.add(entry);
        try {
            group.go(ctx, name, body);
        } catch (Throwable thrown) {
            if (thrown instanceof Error || thrown instanceof InterruptException || !ctx.isDone()) {
                entries.remove(entry);
                throw thrown;
            }
            entry.outcome = new Failure<>(thrown);
            group.fail(thrown);
        }
    }

    /// Records the outcome of a task. The failure of a carrier is one of the task.
    private void run(Callable<? extends T> work, Entry<T> entry) throws Throwable {
        try {
            entry.outcome = new Success<>(Objects.requireNonNull(work.call(), "task returned null"));
        } catch (Goexit _) { // the task has been unwound
            var noResult = new IllegalStateException("task ended by goexit, without a result");
            entry.outcome = new Failure<>(noResult);
            throw noResult;
        } catch (Throwable thrown) {
            entry.outcome = new Failure<>(thrown);
            throw thrown;
        }
    }

    /// Waits until all tasks have ended, then cancels the context. Returns the results in the order of the calls of
    /// [#go]. Throws the first failure, if any, and [InterruptException] if interrupted while waiting. Can be called
    /// again.
    public List<T> await() throws Exception {
        List<Outcome<T>> all = awaitOutcomes();
        group.await();
        List<T> values = new ArrayList<>(all.size());
        for (Outcome<T> outcome : all) {
            if (outcome instanceof Success(T value)) {
                values.add(value);
            }
        }
        return Collections.unmodifiableList(values);
    }

    /// Waits as [#await] does, and returns the outcomes of all tasks in the order of the calls of [#go]. Does not throw
    /// their failures. A task that is started during the wait by code outside of the group may be missing.
    public List<Outcome<T>> awaitOutcomes() {
        group.join();
        return entries.stream().map(entry -> entry.outcome).filter(Objects::nonNull).toList();
    }

    /// Returns all failures so far, in the order in which they happened.
    List<Throwable> failures() {
        return group.failures();
    }

    /// Returns `resultgroup`.
    @Override
    public String toString() {
        return "resultgroup";
    }
}
