package gofer.group;

import gofer.context.CancelContext;
import gofer.context.Context;
import gofer.goroutine.Body;
import gofer.goroutine.Goexit;
import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.goroutine.CapturedBody;
import gofer.runtime.goroutine.Carriers;
import gofer.runtime.lock.WaitGroupCore;
import gofer.runtime.park.World;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// A group of goroutines that work on parts of one task. [#await] waits for all of them and throws the first failure.
///
/// {@snippet file="snippets/Group.java" region="errgroup"}
///
/// An exception that leaves a body is the group's failure. An [Error] is too, but it also goes at once to the uncaught
/// exception handler of the goroutine. Under `Go.main` this ends the program immediately instead of when [#await] is
/// called. The group keeps its failures until it is garbage.
///
/// **Memory:** the end of each body happens before the return of [#await].
///
/// **Go:** `golang.org/x/sync/errgroup`.
@CheckReturnValue
public final class ErrGroup {

    private final @Nullable World home = World.current(); // if not null, the group may be used only there
    private final Context context;
    private final @Nullable CancelContext cancel; // the same object, if a failure cancels it
    private final WaitGroupCore running = new WaitGroupCore();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>(); // in the order in which they happened

    /// Creates a group without a limit. A failure does not cancel anything.
    public ErrGroup() {
        this(Context.background(), null);
    }

    ErrGroup(Context context, @Nullable CancelContext cancel) {
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
        running.limit(n, "errgroup");
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
        running.go(name, new Part(body), null);
    }

    /// Starts a goroutine as [#go(Body)] does. If `ctx` is cancelled before or during the wait, throws the context's
    /// cause and starts nothing. With [#context] as `ctx`, nothing more is started after a failure.
    public void go(Context ctx, Body body) {
        go(ctx, "", body);
    }

    /// Starts a goroutine as [#go(Context, Body)] does, with a name for dumps and reports.
    public void go(Context ctx, String name, Body body) {
        Objects.requireNonNull(ctx, "ctx");
        check(name, body);
        running.go(name, new Part(body), ctx);
    }

    /// Starts a goroutine if the limit allows it now. Returns whether it started one.
    public boolean tryGo(Body body) {
        return tryGo("", body);
    }

    /// Starts a goroutine as [#tryGo(Body)] does, with a name for dumps and reports.
    public boolean tryGo(String name, Body body) {
        check(name, body);
        return running.tryGo(name, new Part(body));
    }

    /// Waits until all goroutines of the group have ended, then cancels the context. Throws the first failure, if any,
    /// and [gofer.goroutine.InterruptException] if interrupted while waiting.
    public void await() throws Exception {
        join();
        switch (failures.peek()) {
            case null -> {}
            case Exception exception -> throw exception;
            case Error error -> throw error;
            case Throwable other -> throw new ExecutionException(other);
        }
    }

    /// Returns all failures so far, in the order in which they happened. The list does not change.
    public List<Throwable> failures() {
        World.checkUse(home, "errgroup");
        World.point(SyncPoint.LOOK, this);
        return List.copyOf(failures);
    }

    /// Waits as [#await] does, but does not throw the failure.
    void join() {
        World.checkUse(home, "errgroup");
        running.await(null);
        if (cancel != null) {
            cancel.cancel();
        }
    }

    /// Records a failure. The first one cancels the context.
    void fail(Throwable thrown) {
        World.point(SyncPoint.FAIL, this);
        failures.add(thrown);
        if (cancel != null && failures.peek() == thrown) {
            cancel.cancel(thrown);
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

    /// A body of the group with the handling of its failure.
    private final class Part implements CapturedBody {

        private final Body body;

        Part(Body body) {
            this.body = Carriers.capture(body);
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
            }
        }

        @Override
        public Object wrapped() {
            return body.wrapped();
        }
    }
}
