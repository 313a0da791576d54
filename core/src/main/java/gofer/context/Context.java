package gofer.context;

import gofer.chan.RecvChan;
import gofer.goroutine.Cancellation;
import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A deadline, a cancellation signal and values that are passed down a call tree. By convention it is the first
/// parameter of a function that can be cancelled.
///
/// {@snippet file="snippets/Deadline.java" region="context"}
///
/// A wait that a context cancels throws [#cause]. If the goroutine does not catch it, it is an exception like any
/// other: it is reported, and under `Go.main` ends the program. If cancellation is not a failure, catch the exception,
/// or wait in a select with [#done] as an arm.
///
/// Contexts form a tree: cancelling a context cancels all contexts derived from it. Any number of goroutines may use a
/// context. A user's implementation of this interface can be a parent. Its [#value] must return null for keys that it
/// does not know or, better, delegate to the context that it wraps.
///
/// **Go:** `context.Context`.
@CheckReturnValue
public interface Context extends Cancellation {

    /// Returns the root context: it is never cancelled and has no deadline and no values.
    static Context background() {
        return Root.BACKGROUND;
    }

    /// Returns a context like [#background], for code in which it is not clear yet which context to use.
    static Context todo() {
        return Root.TODO;
    }

    /// Returns a context that is done when it is cancelled or one of two contexts is done. Its [#cause] is that of the
    /// first to end; if both end at the same time, that of either. Its deadline is the earlier of the two. Its values
    /// are those of `first`, then those of `second`. Cancel it when it is no longer needed.
    ///
    /// **Go:** has none; a request for `context.Merge` was declined.
    static CancelContext merge(Context first, Context second) {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(second, "second");
        return CancelContext.of(first, second);
    }

    /// Returns the channel that is closed when the context is done. It never carries a value.
    ///
    /// **Memory:** the cancellation happens before a receive that sees the channel closed.
    RecvChan<Void> done();

    /// Returns why the context is done, or null while it is not done. If the result is not null, [#done] is closed.
    /// Each call creates a new exception.
    ///
    /// **Memory:** the cancellation happens before a call that returns a non-null result. The same holds for [#cause].
    @Nullable ContextException err();

    /// Returns whether the context is done: the same as `err() != null`, without creating an exception.
    ///
    /// **Memory:** the cancellation happens before a call that returns true.
    default boolean isDone() {
        return err() != null;
    }

    /// Returns the cause given to the `cancel` that ended this context, which may have been called on an ancestor. If
    /// none was given, returns what [#err] returns. Returns null while the context is not done.
    @Override
    @Nullable RuntimeException cause();

    /// Returns the time at which the context will be done at the latest, if it has a deadline.
    Optional<Instant> deadline();

    /// Returns the value that the nearest [#withValue] set for an equal key, or null if there is none.
    @Nullable Object value(Object key);

    /// Runs `f` in its own goroutine after this context is done, at once if it already is.
    ///
    /// The default implementation starts a goroutine that waits for [#done]. It does without one if [#done] returns the
    /// channel of a context of this package and [#value] delegates to that context.
    @Override
    @CanIgnoreReturnValue
    default Registration afterFunc(Runnable f) {
        return DoneWatcher.watch(this, Objects.requireNonNull(f, "f"));
    }

    /// Returns a context that is done when it is cancelled or this context is done. Cancel it when it is no longer
    /// needed.
    default CancelContext withCancel() {
        return CancelContext.of(this);
    }

    /// Returns a context that is done when it is cancelled, this context is done, or `timeout` has passed. It is done at
    /// once if `timeout` is zero or negative.
    default CancelContext withTimeout(Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        return CancelContext.within(this, timeout, null);
    }

    /// Returns a context as [#withTimeout(Duration)] does. If the timeout passes, [#cause] returns `cause` itself or,
    /// if that is a checked exception or an error, a [DeadlineExceededException] that wraps it.
    default CancelContext withTimeout(Duration timeout, Throwable cause) {
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(cause, "cause");
        return CancelContext.within(this, timeout, cause);
    }

    /// Returns a context that is done when it is cancelled, this context is done, or `deadline` has passed.
    default CancelContext withDeadline(Instant deadline) {
        Objects.requireNonNull(deadline, "deadline");
        return CancelContext.until(this, deadline, null);
    }

    /// Returns a context as [#withDeadline(Instant)] does, with a `cause` as in [#withTimeout(Duration, Throwable)].
    default CancelContext withDeadline(Instant deadline, Throwable cause) {
        Objects.requireNonNull(deadline, "deadline");
        Objects.requireNonNull(cause, "cause");
        return CancelContext.until(this, deadline, cause);
    }

    /// Returns this context with a value for `key`. Use a key type of your own, so that keys of different packages
    /// cannot collide.
    default Context withValue(Object key, Object value) {
        return new ValueContext(this, Objects.requireNonNull(key, "nil key"), Objects.requireNonNull(value, "value"));
    }

    /// Returns a context with the values of this one. It is not cancelled with this context and has no deadline.
    default Context withoutCancel() {
        return new WithoutCancel(this);
    }
}
