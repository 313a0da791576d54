package gofer.context;

import gofer.chan.RecvChan;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A context with one value more.
record ValueContext(Context parent, Object key, Object value) implements Context {

    @Override
    public RecvChan<Void> done() {
        return parent.done();
    }

    @Override
    public @Nullable ContextException err() {
        return parent.err();
    }

    @Override
    public @Nullable RuntimeException cause() {
        return parent.cause();
    }

    @Override
    public Optional<Instant> deadline() {
        return parent.deadline();
    }

    @Override
    public @Nullable Object value(Object wanted) {
        Context context = this;
        while (context instanceof ValueContext(var up, var key, var value)) {
            if (key.equals(wanted)) {
                return value;
            }
            context = up;
        }
        return context.value(wanted);
    }

    @Override
    public Registration afterFunc(Runnable f) {
        return parent.afterFunc(f);
    }

    @Override
    public String toString() {
        return parent + ".WithValue(" + key + ", " + value + ")";
    }
}
