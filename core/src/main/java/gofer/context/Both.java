package gofer.context;

import gofer.chan.RecvChan;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The parent of a context that [Context#merge] returns: the values and the deadline of two contexts. Its end is that
/// of the first. The merged context itself watches the second.
record Both(Context first, Context second) implements Context {

    @Override
    public RecvChan<Void> done() {
        return first.done();
    }

    @Override
    public @Nullable ContextException err() {
        return first.err();
    }

    @Override
    public boolean isDone() {
        return first.isDone();
    }

    @Override
    public @Nullable RuntimeException cause() {
        return first.cause();
    }

    @Override
    public Optional<Instant> deadline() {
        return withEarlierDeadline().deadline();
    }

    /// Returns the context with the earlier deadline.
    Context withEarlierDeadline() {
        Instant one = first.deadline().orElse(Instant.MAX);
        Instant other = second.deadline().orElse(Instant.MAX);
        return other.isBefore(one) ? second : first;
    }

    @Override
    public @Nullable Object value(Object key) {
        Object value = first.value(key);
        return value != null || key == CancelContext.SELF ? value : second.value(key);
    }

    @Override
    public Registration afterFunc(Runnable f) {
        return first.afterFunc(f);
    }

    @Override
    public String toString() {
        return "merge(" + first + ", " + second + ")";
    }
}
