package gofer.conformance.context;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.context.ContextException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A custom context that stores the functions that run at its end: `afterfunc_test.go: afterFuncContext`.
final class OwnHooks implements Context {

    private final Chan<Void> done = Chan.make();
    private final List<Runnable> hooks = new ArrayList<>(); // guarded by this
    private boolean ended; // guarded by this

    synchronized void end() {
        ended = true;
        done.close();
        hooks.forEach(hook -> Go.go(hook::run));
        hooks.clear();
    }

    synchronized int hooks() {
        return hooks.size();
    }

    @Override
    public synchronized Registration afterFunc(Runnable f) {
        if (ended) {
            Go.go(f::run);
            return () -> false;
        }
        hooks.add(f);
        return () -> {
            synchronized (this) {
                return hooks.remove(f);
            }
        };
    }

    @Override
    public RecvChan<Void> done() {
        return done;
    }

    @Override
    public synchronized @Nullable ContextException err() {
        return ended ? new CanceledException() : null;
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
