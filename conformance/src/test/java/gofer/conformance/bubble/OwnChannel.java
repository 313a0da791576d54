package gofer.conformance.bubble;

import gofer.chan.Closed;
import gofer.chan.RecvChan;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.context.ContextException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A custom context that is done when `done` is closed.
record OwnChannel(RecvChan<Void> done) implements Context {

    @Override
    public @Nullable ContextException err() {
        return done.tryRecv() instanceof Closed ? new CanceledException() : null;
    }

    @Override
    public @Nullable RuntimeException cause() {
        return err();
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.empty();
    }

    @Override
    public @Nullable Object value(Object key) {
        return null;
    }
}
