package gofer.context;

import gofer.chan.RecvChan;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A context with one additional value.
final class ValueContext implements Context {

    final Context parent;
    private final Context base; // the nearest ancestor of another type, which provides all but the values
    private final Object key;
    private final Object value;

    ValueContext(Context parent, Object key, Object value) {
        this.parent = parent;
        this.base = withoutValues(parent);
        this.key = key;
        this.value = value;
    }

    /// Returns `context` or, if it only adds values, the context that it adds them to.
    static Context withoutValues(Context context) {
        return context instanceof ValueContext values ? values.base : context;
    }

    /// Returns the value of `wanted` in `context`. It uses a loop instead of recursion, because chains may be long.
    static @Nullable Object find(Context context, Object wanted) {
        Objects.requireNonNull(wanted, "key");
        for (Context each = context; ; ) {
            switch (each) {
                case ValueContext values -> {
                    if (values.key.equals(wanted)) {
                        return values.value;
                    }
                    each = values.parent;
                }
                case CancelContext own -> {
                    if (wanted == CancelContext.SELF) {
                        return own;
                    }
                    each = own.parent;
                }
                case WithoutCancel detached -> {
                    if (wanted == CancelContext.SELF) {
                        return null;
                    }
                    each = detached.parent();
                }
                case Root _ -> {
                    return null;
                }
                default -> {
                    return each.value(wanted);
                }
            }
        }
    }

    @Override
    public RecvChan<Void> done() {
        return base.done();
    }

    @Override
    public @Nullable ContextException err() {
        return base.err();
    }

    @Override
    public boolean isDone() {
        return base.isDone();
    }

    @Override
    public @Nullable RuntimeException cause() {
        return base.cause();
    }

    @Override
    public Optional<Instant> deadline() {
        return base.deadline();
    }

    @Override
    public @Nullable Object value(Object wanted) {
        return find(this, wanted);
    }

    @Override
    public Registration afterFunc(Runnable f) {
        return base.afterFunc(f);
    }

    @Override
    public String toString() {
        return ContextPath.to(this);
    }

    String step() {
        return ".WithValue(" + key + ", " + value + ")";
    }
}
