package gofer.context;

import gofer.chan.RecvChan;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A context that is never done.
enum Root implements Context {
    BACKGROUND("context.Background"),
    TODO("context.TODO");

    private final String text;

    Root(String text) {
        this.text = text;
    }

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
        Objects.requireNonNull(key, "key");
        return null;
    }

    @Override
    public Registration afterFunc(Runnable f) {
        Objects.requireNonNull(f, "f");
        return new Never();
    }

    @Override
    public String toString() {
        return text;
    }
}
