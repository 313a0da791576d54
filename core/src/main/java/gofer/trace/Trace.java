package gofer.trace;

import gofer.context.Context;
import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.park.Tracing;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Marks what a program does in a recording of the JDK's flight recorder, beside the events of its goroutines.
///
/// A *task* is a piece of work from begin to end, such as a request, on which several goroutines may work. A *region* is a part
/// of the work of one goroutine. A *message* is one moment. A region and a message belong to the task of their context.
///
/// {@snippet file="snippets/Tasks.java" region="trace"}
///
/// `./gofer trace` starts a recording, and so does everything that starts the flight recorder. While there is no recording, a
/// region costs as much as reading a field. A recording is noticed within a quarter of a second after its start; what began
/// before is not recorded.
///
/// All methods can be called by threads that are not goroutines, too. The events then have the goroutine 0.
///
/// **Go:** the user annotations of `runtime/trace`.
@CheckReturnValue
public final class Trace {

    /// The key of the current task's id in a context.
    private static final Object TASK =
            new Object() {
                @Override
                public String toString() {
                    return "task";
                }
            };

    private static final long NO_TASK = 0;

    private static final AtomicLong LAST_ID = new AtomicLong(NO_TASK);

    private Trace() {}

    /// The body of a region that returns nothing.
    @FunctionalInterface
    public interface Body<X extends Throwable> {

        /// Does the work.
        void run() throws X;
    }

    /// The body of a region that returns a value.
    @FunctionalInterface
    @CheckReturnValue
    public interface Call<T extends @Nullable Object, X extends Throwable> {

        /// Does the work and returns its result.
        T call() throws X;
    }

    /// A task that has begun. Closing it ends it.
    ///
    /// **Go:** `trace.Task`, with the context that belongs to it.
    @CheckReturnValue
    public static final class Task implements AutoCloseable {

        private final Context context;
        private final AtomicReference<@Nullable Object> event; // null if it is not recorded, or has ended

        private Task(Context context, @Nullable Object event) {
            this.context = context;
            this.event = new AtomicReference<>(event);
        }

        /// Returns the context of this task: regions, messages and tasks with it, or with a context derived from it, belong to
        /// this task.
        public Context context() {
            return context;
        }

        /// Ends this task. Any goroutine may end it. Does nothing if it has ended.
        ///
        /// **Go:** `Task.End`.
        @Override
        public void close() {
            Object begun = event.getAndSet(null);
            if (begun != null) {
                Tracing.end(begun);
            }
        }
    }

    /// Returns whether a recording has enabled events of Gofer. Use it to omit work that only prepares a message.
    ///
    /// **Go:** `trace.IsEnabled`.
    public static boolean isEnabled() {
        return Tracing.isOn();
    }

    /// Begins a task, as a part of the task of `parent` if that has one.
    ///
    /// **Go:** `trace.NewTask`.
    ///
    /// @param kind what it is; tasks of one kind can be compared with each other, so use few kinds
    public static Task task(Context parent, String kind) {
        Objects.requireNonNull(parent, "parent");
        Objects.requireNonNull(kind, "kind");
        long outer = taskOf(parent);
        long id = LAST_ID.incrementAndGet();
        return new Task(parent.withValue(TASK, id), Tracing.beginTask(id, outer, kind));
    }

    /// Runs `body` as a region of the current goroutine, in the task of `ctx`. Throws what `body` throws.
    ///
    /// **Go:** `trace.WithRegion`, and `trace.StartRegion` with `Region.End`.
    ///
    /// @param kind what it is; regions of one kind can be compared with each other, so use few kinds
    public static <X extends Throwable> void region(Context ctx, String kind, Body<X> body) throws X {
        Objects.requireNonNull(body, "body");
        Object begun = begin(ctx, kind);
        try {
            body.run();
        } finally {
            end(begun);
        }
    }

    /// Runs `body` in the same way, and returns its result.
    @CanIgnoreReturnValue // the compiler prefers this form, for example for `() -> list.add(one)`
    public static <T extends @Nullable Object, X extends Throwable> T region(
            Context ctx, String kind, Call<? extends T, X> body) throws X {
        Objects.requireNonNull(body, "body");
        Object begun = begin(ctx, kind);
        try {
            return body.call();
        } finally {
            end(begun);
        }
    }

    /// Runs `body` as a region that belongs to no task.
    public static <X extends Throwable> void region(String kind, Body<X> body) throws X {
        region(Context.background(), kind, body);
    }

    /// Runs `body` as a region that belongs to no task, and returns its result.
    @CanIgnoreReturnValue
    public static <T extends @Nullable Object, X extends Throwable> T region(String kind, Call<? extends T, X> body)
            throws X {
        return region(Context.background(), kind, body);
    }

    /// Records a message, in the task of `ctx`.
    ///
    /// **Go:** `trace.Log`. For `trace.Logf`, format the message if [#isEnabled].
    ///
    /// @param category what kind of message it is, to select messages by it; use few categories
    public static void log(Context ctx, String category, String message) {
        Objects.requireNonNull(ctx, "ctx");
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(message, "message");
        if (Tracing.isOn()) {
            Tracing.log(taskOf(ctx), category, message);
        }
    }

    private static @Nullable Object begin(Context ctx, String kind) {
        Objects.requireNonNull(ctx, "ctx");
        Objects.requireNonNull(kind, "kind");
        return Tracing.isOn() ? Tracing.beginRegion(taskOf(ctx), kind) : null;
    }

    private static void end(@Nullable Object begun) {
        if (begun != null) {
            Tracing.end(begun);
        }
    }

    private static long taskOf(Context ctx) {
        return ctx.value(TASK) instanceof Long id ? id : NO_TASK;
    }
}
