package gofer.context;

import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.runtime.Goroutines;
import gofer.runtime.Origin;
import gofer.runtime.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A context that can be cancelled. Closing it cancels it, so that try-with-resources leaves nothing behind.
///
/// **Go:** what `context.WithCancel`, `WithDeadline` and `WithTimeout` return, the cancel function included.
public final class CancelContext implements Context, AutoCloseable {

    /*
     * Cancelling sets the cause, closes `done`, cancels the dependents and last sets `err`, all under the lock: so who
     * sees err sees done closed and the whole subtree cancelled. Who was woken by done may come while err is not set
     * yet: then `ending` sends it to the lock, to wait for the few instructions that are left.
     *
     * Lock order: a context's lock before those of its children. A child leaves its parent's set without holding its
     * own lock. Under the locks no code of the user's is called: hooks only start goroutines.
     *
     * Of a parent of our own kind, perhaps below values, the child joins the set of dependents; any other parent is
     * watched through its afterFunc.
     */

    private interface Dependent {
        void end(ContextException err, RuntimeException cause);
    }

    private final Context parent;
    private final @Nullable Instant deadline; // earlier than the parent's, if any
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Dependent> dependents = Collections.newSetFromMap(new IdentityHashMap<>(0)); // guarded by lock
    private @Nullable Chan<Void> done; // made when asked for; guarded by lock
    private @Nullable RuntimeException cause; // written under lock, before err
    private volatile boolean ending; // written under lock
    private volatile @Nullable ContextException err; // written under lock, last
    private volatile @Nullable Future<?> timer;
    private volatile @Nullable Registration withParent;

    private CancelContext(Context parent, @Nullable Instant deadline) {
        this.parent = parent;
        this.deadline = deadline;
    }

    static CancelContext of(Context parent) {
        CancelContext context = new CancelContext(parent, null);
        context.join();
        return context;
    }

    static CancelContext until(Context parent, Instant deadline, Duration left, @Nullable Throwable cause) {
        if (parent.deadline().filter(sooner -> sooner.isBefore(deadline)).isPresent()) {
            return of(parent);
        }
        CancelContext context = new CancelContext(parent, deadline);
        context.join();
        context.startTimer(left, cause);
        return context;
    }

    static Duration timeLeft(Instant deadline) {
        try {
            return Duration.between(Instant.now(), deadline);
        } catch (ArithmeticException tooFar) {
            return Duration.ofSeconds(deadline.isAfter(Instant.EPOCH) ? Long.MAX_VALUE : 0);
        }
    }

    /// Cancels the context and all derived from it, before it returns. Does nothing if it is done already.
    public void cancel() {
        cancel(null);
    }

    /// As [#cancel()], with the cause that [#cause] will give: itself, or if it is checked or an error, wrapped in a
    /// [CanceledException]. Null means no cause.
    public void cancel(@Nullable Throwable cause) {
        if (err == null) {
            CanceledException canceled = new CanceledException(null);
            finish(canceled, cause == null ? canceled : unchecked(cause, CanceledException::new));
        }
    }

    /// Cancels.
    @Override
    public void close() {
        cancel(null);
    }

    @Override
    public RecvChan<Void> done() {
        lock.lock();
        try {
            if (done == null) {
                done = Chan.make();
                if (ending) {
                    done.close();
                }
            }
            return done;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable ContextException err() {
        ContextException known = err;
        if (known != null || !ending) {
            return known;
        }
        lock.lock();
        try {
            return err;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable RuntimeException cause() {
        return err() == null ? null : cause;
    }

    @Override
    public Optional<Instant> deadline() {
        return deadline != null ? Optional.of(deadline) : parent.deadline();
    }

    @Override
    public @Nullable Object value(Object key) {
        return parent.value(key);
    }

    @Override
    public Registration afterFunc(Runnable f) {
        return new Hook(this, Objects.requireNonNull(f, "f"));
    }

    @Override
    public String toString() {
        return parent + (deadline == null ? ".WithCancel" : ".WithDeadline(" + deadline + ")");
    }

    /// Ties this context to its parent.
    private void join() {
        Context above = parent;
        while (above instanceof ValueContext(var up, _, _)) {
            above = up;
        }
        if (above instanceof CancelContext context) {
            Dependent child = this::finish;
            context.add(child);
            withParent = () -> context.remove(child);
        } else if (above.err() instanceof ContextException ended) {
            finish(ended, causeOf(above));
        } else if (above.done() != RecvChan.<Void>never()) {
            Context custom = above;
            withParent = custom.afterFunc(() -> finish(errOf(custom), causeOf(custom)));
        }
        leaveIfDone();
    }

    private void startTimer(Duration left, @Nullable Throwable cause) {
        if (!left.isPositive()) {
            exceed(cause);
        } else if (err == null) {
            Origin origin = Origin.of(this);
            timer = Timers.schedule(Timers.nanos(left), () -> Goroutines.startFor(origin, () -> exceed(cause)));
            leaveIfDone();
        }
    }

    private void exceed(@Nullable Throwable cause) {
        DeadlineExceededException exceeded = new DeadlineExceededException(null);
        finish(exceeded, cause == null ? exceeded : unchecked(cause, DeadlineExceededException::new));
    }

    private void finish(ContextException how, RuntimeException why) {
        lock.lock();
        try {
            if (ending) {
                return;
            }
            cause = why;
            ending = true;
            if (done != null) {
                done.close();
            }
            for (Dependent dependent : dependents) {
                dependent.end(how, why);
            }
            dependents.clear();
            err = how;
        } finally {
            lock.unlock();
        }
        leaveIfDone();
    }

    /// Once done, nothing above and no timer needs to know this context. Called again after each of them is set.
    private void leaveIfDone() {
        if (!ending) {
            return;
        }
        Future<?> pending = timer;
        if (pending != null) {
            pending.cancel(false);
        }
        Registration registration = withParent;
        if (registration != null) {
            registration.stop();
        }
    }

    private void add(Dependent dependent) {
        lock.lock();
        try {
            if (!ending) {
                dependents.add(dependent);
                return;
            }
        } finally {
            lock.unlock();
        }
        dependent.end(errOf(this), causeOf(this));
    }

    private boolean remove(Dependent dependent) {
        if (ending) {
            return false; // the set is being cleared, perhaps by the caller's caller
        }
        lock.lock();
        try {
            return dependents.remove(dependent);
        } finally {
            lock.unlock();
        }
    }

    private static ContextException errOf(Context context) {
        ContextException err = context.err();
        return err != null ? err : new CanceledException(null);
    }

    private static RuntimeException causeOf(Context context) {
        RuntimeException cause = context.cause();
        return cause != null ? cause : errOf(context);
    }

    private static RuntimeException unchecked(Throwable cause, Function<Throwable, RuntimeException> wrap) {
        return cause instanceof RuntimeException runtime ? runtime : wrap.apply(cause);
    }

    /// A function that is to run after the end of a context.
    private static final class Hook implements Dependent, Registration {

        private final AtomicBoolean decided = new AtomicBoolean(); // to run, or not to
        private final CancelContext context;
        private final Runnable f;
        private final Origin origin;

        Hook(CancelContext context, Runnable f) {
            this.context = context;
            this.f = f;
            this.origin = Origin.of(f);
            context.add(this);
        }

        @Override
        public void end(ContextException err, RuntimeException cause) {
            if (decided.compareAndSet(false, true)) {
                Goroutines.startFor(origin, f::run);
            }
        }

        @Override
        public boolean stop() {
            if (!decided.compareAndSet(false, true)) {
                return false;
            }
            context.remove(this);
            return true;
        }
    }
}
