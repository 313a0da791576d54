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

/// Carries a deadline, a cancellation signal and values down a call tree; the first parameter of what can be cancelled.
///
/// {@snippet file="snippets/Deadline.java" region="context"}
///
/// A wait that a context calls off throws [#cause]. In a goroutine that does not catch it that is an exception like any
/// other: it is reported, and under `Go.main` ends the program. Where the end is no failure, catch it, or wait in a select
/// with [#done] as an arm.
///
/// Contexts form a tree: what is derived from one is cancelled with it. Any number of goroutines may use one. An
/// implementation of the user's can be a parent; its [#value] has to answer null for keys that it does not know, or
/// better ask the context that it is made from.
///
/// **Go:** `context.Context`.
@CheckReturnValue
public interface Context extends Cancellation {

    /// The root: never cancelled, no deadline, no values.
    static Context background() {
        return Root.BACKGROUND;
    }

    /// As [#background], where it is not clear yet which context to use.
    static Context todo() {
        return Root.TODO;
    }

    /// A channel that is closed when the context is done, and never carries a value.
    ///
    /// **Memory:** the cancellation happens before a receive that sees the channel closed.
    RecvChan<Void> done();

    /// Why the context is done; null while it is not. If it is not null, [#done] is closed. Each call makes a new
    /// exception.
    ///
    /// **Memory:** the cancellation happens before a call that does not answer null; the same holds for [#cause].
    @Nullable ContextException err();

    /// Whether the context is done: the same as `err() != null`, without making an exception.
    ///
    /// **Memory:** the cancellation happens before a call that answers true.
    default boolean isDone() {
        return err() != null;
    }

    /// What was given to `cancel` as the cause by whoever cancelled this context or, first, one above it; without one,
    /// what [#err] gives. Null while the context is not done.
    @Override
    @Nullable RuntimeException cause();

    /// When the context will be done at the latest.
    Optional<Instant> deadline();

    /// The value that the nearest [#withValue] with an equal key gave; null if there is none.
    @Nullable Object value(Object key);

    /// Runs `f` in a goroutine of its own once this context is done, at once if it is.
    ///
    /// Unless a context of the user's overrides it, a goroutine waits for its [#done] until then; none does if that is the
    /// `done` of a context of this package, which its [#value] leads to.
    @Override
    @CanIgnoreReturnValue
    default Registration afterFunc(Runnable f) {
        return DoneWatcher.over(this, Objects.requireNonNull(f, "f"));
    }

    /// A context that is done when it is cancelled or this one is done. Cancel it when it is no longer needed.
    default CancelContext withCancel() {
        return CancelContext.of(this);
    }

    /// As [#withCancel], done also when `timeout` has passed: at once, if that is zero or negative.
    default CancelContext withTimeout(Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        return CancelContext.within(this, timeout, null);
    }

    /// As [#withTimeout(Duration)]; `cause` is the cause if the time runs out: itself, or if it is checked or an error,
    /// wrapped in a [DeadlineExceededException].
    default CancelContext withTimeout(Duration timeout, Throwable cause) {
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(cause, "cause");
        return CancelContext.within(this, timeout, cause);
    }

    /// As [#withCancel], done also when `deadline` has passed.
    default CancelContext withDeadline(Instant deadline) {
        Objects.requireNonNull(deadline, "deadline");
        return CancelContext.until(this, deadline, null);
    }

    /// As [#withDeadline(Instant)]; `cause` is as for [#withTimeout(Duration, Throwable)].
    default CancelContext withDeadline(Instant deadline, Throwable cause) {
        Objects.requireNonNull(deadline, "deadline");
        Objects.requireNonNull(cause, "cause");
        return CancelContext.until(this, deadline, cause);
    }

    /// This context with a value for `key`. Use a key of a type of your own, so that it cannot be mistaken for another's.
    default Context withValue(Object key, Object value) {
        return new ValueContext(this, Objects.requireNonNull(key, "nil key"), Objects.requireNonNull(value, "value"));
    }

    /// A context with the values of this one, which is not cancelled with it and has no deadline.
    default Context withoutCancel() {
        return new WithoutCancel(this);
    }
}
