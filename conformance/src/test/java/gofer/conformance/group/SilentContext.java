package gofer.conformance.group;

import gofer.chan.RecvChan;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.context.ContextException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A context that notifies no listener of its end. Its end is visible only to a poll.
record SilentContext(AtomicBoolean cancelled) implements Context {

    @Override
    public RecvChan<Void> done() {
        return RecvChan.never();
    }

    @Override
    public @Nullable ContextException err() {
        return cancelled.get() ? new CanceledException() : null;
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
