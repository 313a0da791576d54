package gofer.group;

import gofer.chan.Chan;
import gofer.context.CancelContext;
import gofer.context.Context;
import gofer.goroutine.Body;
import gofer.goroutine.Goexit;
import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.World;
import gofer.sync.WaitGroup;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Goroutines that work on parts of one task: waits for all, and passes on the first failure.
///
/// {@snippet file="snippets/Group.java" region="errgroup"}
///
/// An exception that leaves a body is the group's failure. An [Error] is too, but goes to the goroutine's handler as
/// well, at once: under `Go.main` that ends the program, instead of waiting until somebody awaits a long-lived group.
///
/// **Memory:** the end of each body happens before the return of [#await].
///
/// **Go:** `golang.org/x/sync/errgroup`.
@CheckReturnValue
public final class ErrGroup {

    private final @Nullable World home = World.current(); // if not null, it is used nowhere else
    private final Context context;
    private final @Nullable CancelContext cancel; // the same, of a group that has its own
    private final WaitGroup running = new WaitGroup();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>(); // the first
    private volatile @Nullable Chan<Boolean> slots; // a value for each that runs, if there is a limit

    /// A group without a limit, whose failures cancel nothing.
    public ErrGroup() {
        this(Context.background(), null);
    }

    private ErrGroup(Context context, @Nullable CancelContext cancel) {
        this.context = context;
        this.cancel = cancel;
    }

    /// A group with a context derived from `parent`, which is cancelled at the first failure, with it as the cause, or
    /// when [#await] returns.
    public static ErrGroup withContext(Context parent) {
        Objects.requireNonNull(parent, "parent");
        CancelContext own = parent.withCancel();
        return new ErrGroup(own, own);
    }

    /// The group's context, for the bodies; the background context if it has none of its own.
    public Context context() {
        return context;
    }

    /// Lets at most `n` goroutines run at the same time; any number, if `n` is negative. With 0, none can start.
    /// Throws [IllegalStateException] if some run now that count against an earlier limit.
    @CanIgnoreReturnValue
    public ErrGroup limit(int n) {
        World.enter(home, "errgroup");
        World.point(SyncPoint.LIMIT, this);
        Chan<Boolean> now = slots;
        if (now != null && now.len() > 0) {
            throw new IllegalStateException(
                    "errgroup: modify limit while " + now.len() + " goroutines in the group are still active");
        }
        slots = n < 0 ? null : Chan.make(n);
        return this;
    }

    /// Starts a goroutine, waiting until the limit allows it. It starts even if the context is cancelled: bodies look at
    /// that themselves. Throws [gofer.goroutine.InterruptException] if interrupted while it waits.
    public void go(Body body) {
        go("", body);
    }

    /// As [#go(Body)], with a name for dumps and reports.
    public void go(String name, Body body) {
        check(name, body);
        Chan<Boolean> limit = slots;
        if (limit != null) {
            limit.send(true);
        }
        start(name, body, limit);
    }

    /// Starts a goroutine if the limit allows it now, and tells whether it did.
    public boolean tryGo(Body body) {
        return tryGo("", body);
    }

    /// As [#tryGo(Body)], with a name for dumps and reports.
    public boolean tryGo(String name, Body body) {
        check(name, body);
        Chan<Boolean> limit = slots;
        if (limit != null && !limit.trySend(true)) {
            return false;
        }
        start(name, body, limit);
        return true;
    }

    /// Waits until all goroutines of the group have ended; then cancels the context, and throws the first failure if
    /// there was one. Throws [gofer.goroutine.InterruptException] if interrupted while it waits.
    public void await() throws Exception {
        World.enter(home, "errgroup");
        running.await();
        if (cancel != null) {
            cancel.cancel();
        }
        switch (failure.get()) {
            case null -> {}
            case Exception exception -> throw exception;
            case Error error -> throw error;
            case Throwable other -> throw new ExecutionException(other);
        }
    }

    /// `errgroup`.
    @Override
    public String toString() {
        return "errgroup";
    }

    /// Before it waits for its turn.
    private void check(String name, Body body) {
        World.enter(home, "errgroup");
        Objects.requireNonNull(name, "goroutine name");
        Objects.requireNonNull(body, "go of nil func value");
    }

    private void start(String name, Body body, @Nullable Chan<Boolean> limit) {
        try {
            running.go(name, new Task(body, limit));
        } catch (Throwable refused) {
            leave(limit);
            throw refused;
        }
    }

    /// A body of the group's.
    private final class Task implements Body {

        private final Body body;
        private final @Nullable Chan<Boolean> limit;

        Task(Body body, @Nullable Chan<Boolean> limit) {
            this.body = body;
            this.limit = limit;
        }

        @Override
        public void run() throws Throwable {
            try {
                body.run();
            } catch (Goexit ended) {
                throw ended;
            } catch (Error error) {
                fail(error);
                throw error;
            } catch (Throwable failed) {
                fail(failed);
            } finally {
                leave(limit);
            }
        }

        @Override
        public Body wrapped() {
            return body;
        }
    }

    private void fail(Throwable thrown) {
        World.point(SyncPoint.FAIL, this);
        if (failure.compareAndSet(null, thrown) && cancel != null) {
            cancel.cancel(thrown);
        }
    }

    private static void leave(@Nullable Chan<Boolean> limit) {
        if (limit != null) {
            var _ = limit.tryRecv();
        }
    }
}
