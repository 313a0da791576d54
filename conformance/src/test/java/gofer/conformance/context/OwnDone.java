package gofer.conformance.context;

import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.context.ContextException;
import org.jspecify.annotations.Nullable;

/// A custom context with a done channel of its own. It is done when [#end] is called, independently of the wrapped context.
final class OwnDone extends Wrapper {

    private final Chan<Void> done = Chan.make();
    private volatile boolean ended;

    OwnDone(Context inner) {
        super(inner);
    }

    void end() {
        ended = true;
        done.close();
    }

    @Override
    public RecvChan<Void> done() {
        return done;
    }

    @Override
    public @Nullable ContextException err() {
        return ended ? new CanceledException() : null;
    }

    @Override
    public @Nullable RuntimeException cause() {
        RuntimeException cause = inner.cause();
        return !ended ? null : cause != null ? cause : err();
    }
}
