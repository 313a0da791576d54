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

/// A group of goroutines that work on parts of one task. [#await] waits for all of them and throws the first failure.
///
/// {@snippet file="snippets/Group.java" region="errgroup"}
///
/// An exception that leaves a body is the group's failure. An [Error] is too, but it also goes at once to the uncaught
/// exception handler of the goroutine. Under `Go.main` this ends the program immediately instead of when [#await] is
/// called.
///
/// **Memory:** the end of each body happens before the return of [#await].
///
/// **Go:** `golang.org/x/sync/errgroup`.
@CheckReturnValue
public final class ErrGroup {

    private final @Nullable World home = World.current(); // if not null, the group may be used only there
    private final Context context;
    private final @Nullable CancelContext cancel; // the same object, if the group created it
    private final WaitGroup running = new WaitGroup();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>(); // the first
    private volatile @Nullable Chan<Boolean> slots; // one value for each running goroutine; null without a limit

    /// Creates a group without a limit. A failure does not cancel anything.
    public ErrGroup() {
        this(Context.background(), null);
    }

    private ErrGroup(Context context, @Nullable CancelContext cancel) {
        this.context = context;
        this.cancel = cancel;
    }

    /// Returns a group with its own context, derived from `parent`. The first failure cancels the context, with the
    /// failure as the cause. The return of [#await] cancels it too.
    public static ErrGroup withContext(Context parent) {
        Objects.requireNonNull(parent, "parent");
        CancelContext own = parent.withCancel();
        return new ErrGroup(own, own);
    }

    /// Returns the group's context, for the bodies. It is the background context if the group does not have its own.
    public Context context() {
        return context;
    }

    /// Limits the number of goroutines that run at the same time to `n`. A negative `n` removes the limit. With 0, no
    /// goroutine can start. Throws [IllegalStateException] while goroutines are running under an earlier limit.
    @CanIgnoreReturnValue
    public ErrGroup limit(int n) {
        World.checkUse(home, "errgroup");
        World.point(SyncPoint.LIMIT, this);
        Chan<Boolean> now = slots;
        if (now != null && now.len() > 0) {
            throw new IllegalStateException(
                    "errgroup: modify limit while " + now.len() + " goroutines in the group are still active");
        }
        slots = n < 0 ? null : Chan.make(n);
        return this;
    }

    /// Waits until the limit allows it and starts a goroutine, even if the context is cancelled: bodies must check the
    /// context themselves. Throws [gofer.goroutine.InterruptException] if interrupted while waiting.
    public void go(Body body) {
        go("", body);
    }

    /// Starts a goroutine as [#go(Body)] does, with a name for dumps and reports.
    public void go(String name, Body body) {
        check(name, body);
        Chan<Boolean> limit = slots;
        if (limit != null) {
            limit.send(true);
        }
        start(name, body, limit);
    }

    /// Starts a goroutine if the limit allows it now. Returns whether it started one.
    public boolean tryGo(Body body) {
        return tryGo("", body);
    }

    /// Starts a goroutine as [#tryGo(Body)] does, with a name for dumps and reports.
    public boolean tryGo(String name, Body body) {
        check(name, body);
        Chan<Boolean> limit = slots;
        if (limit != null && !limit.trySend(true)) {
            return false;
        }
        start(name, body, limit);
        return true;
    }

    /// Waits until all goroutines of the group have ended, then cancels the context. Throws the first failure, if any,
    /// and [gofer.goroutine.InterruptException] if interrupted while waiting.
    public void await() throws Exception {
        World.checkUse(home, "errgroup");
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

    /// Returns `errgroup`.
    @Override
    public String toString() {
        return "errgroup";
    }

    /// Checks the arguments and the world, before the caller waits for the limit.
    private void check(String name, Body body) {
        World.checkUse(home, "errgroup");
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

    /// A body of the group with the handling of its failure.
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
