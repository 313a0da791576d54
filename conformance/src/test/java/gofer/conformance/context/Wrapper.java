package gofer.conformance.context;

import gofer.chan.RecvChan;
import gofer.context.Context;
import gofer.context.ContextException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A custom context that delegates to another one, as embedding does in Go.
class Wrapper implements Context {

    final Context inner;

    Wrapper(Context inner) {
        this.inner = inner;
    }

    @Override
    public RecvChan<Void> done() {
        return inner.done();
    }

    @Override
    public @Nullable ContextException err() {
        return inner.err();
    }

    @Override
    public @Nullable RuntimeException cause() {
        return inner.cause();
    }

    @Override
    public Optional<Instant> deadline() {
        return inner.deadline();
    }

    @Override
    public @Nullable Object value(Object key) {
        return inner.value(key);
    }
}
