package gofer.context;

import gofer.chan.RecvChan;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A context with the values of its parent, which does not end with the parent.
record WithoutCancel(Context parent) implements Context {

    @Override
    public RecvChan<Void> done() {
        return RecvChan.never();
    }

    @Override
    public @Nullable ContextException err() {
        return null;
    }

    @Override
    public @Nullable RuntimeException cause() {
        return null;
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.empty();
    }

    @Override
    public @Nullable Object value(Object key) {
        return ValueContext.find(this, key);
    }

    @Override
    public Registration afterFunc(Runnable f) {
        Objects.requireNonNull(f, "f");
        return new Never();
    }

    @Override
    public String toString() {
        return ContextPath.to(this);
    }

    String step() {
        return ".WithoutCancel";
    }
}
