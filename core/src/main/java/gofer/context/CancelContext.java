package gofer.context;

import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.chan.flavor.Cores;
import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.base.InlineCallback;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.chan.DoneChan;
import gofer.runtime.goroutine.CapturedBody;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.park.HappensBefore;
import gofer.runtime.park.Timers;
import gofer.runtime.park.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A context that can be cancelled. Closing it cancels it, so that try-with-resources releases its timer and its place
/// in the parent.
///
/// **Go:** what `context.WithCancel`, `WithDeadline` and `WithTimeout` return, together with the cancel function.
@CheckReturnValue
public final class CancelContext implements Context, AutoCloseable {

    /*
     * States of `end`
     *   null                  live
     *   Termination.PENDING   ending: a caller that checks it waits for the lock, which is held for a few instructions
     *   another Termination   done: `done` is closed here and in the whole subtree
     *
     * Ending a context
     *   1. Lock the context and, level by level, all contexts that end with it. The locked contexts form a chain
     *      through `nextToEnd`. Each becomes PENDING, and its `done` is closed. A context that is ending or has ended
     *      already is left to the thread that ends it.
     *   2. Set the Termination of each and unlock it.
     *   3. With no lock held, start the functions that waited for the end, remove the ended contexts from the lists of
     *      their parents, and cancel their timers.
     * So a thread that sees the end of a context sees its whole subtree ended, and a second cancel does not return
     * before that. There is no recursion, because a chain of contexts may be longer than the stack is deep.
     *
     * Lock order: a context before its descendants. Children are reached only through their parent, so two threads that
     * end parts of one tree meet at the topmost context that both parts share. A thread that removes a context from its
     * parent's list holds no other lock. User code never runs under a lock.
     *
     * A context belongs to the world that created it, together with its `done` and its timer. A context created outside
     * of all worlds may be ended from anywhere. Its descendants that were created in a world end with it: the thread
     * that ends them from outside starts nothing in that world, but hands over what has to be started there.
     *
     * If the parent is a CancelContext, perhaps below values, the child joins its list. It also joins the list if the
     * parent is a user's context that passes on the `done` of a CancelContext. Any other parent is watched through its
     * afterFunc.
     *
     * A merged context is a child of the first context only. The thread that ends the second ends it after that, with no
     * lock held: if it joined both lists, a thread could lock it before an ancestor. So a thread that checks the merged
     * context may find that the second has ended. Then it ends the merged context itself.
     */

    /// The key under which a CancelContext is its own value. It finds a CancelContext behind contexts of the user.
    static final Object SELF = new Object();

    /// The name of a context in messages.
    static final String ROLE = "context";

    final Context parent;
    final Optional<Instant> deadline;
    final boolean timed; // the deadline is this context's own, not its parent's
    final @Nullable World world = World.current(); // the world that created it; the deadline uses its clock
    private boolean endsFromOutside; // an event outside of its world may end it; written before publication
    private final ReentrantLock lock = new ReentrantLock();
    private final Dependents dependents = new Dependents(this); // guarded by lock
    private @Nullable CancelContext nextToEnd; // used by the thread that ends this
    volatile @Nullable Chan<Void> done; // created on demand, under lock
    private volatile @Nullable Termination end; // written under lock
    private volatile @Nullable Registration withParent;
    private volatile @Nullable Registration withSecond; // of a merged context
    private volatile @Nullable Future<?> timer;

    private CancelContext(Context parent, Optional<Instant> deadline, boolean timed) {
        this.parent = parent;
        this.deadline = deadline;
        this.timed = timed;
    }

    static CancelContext of(Context parent) {
        CancelContext context = new CancelContext(parent, parent.deadline(), false);
        context.join();
        return context;
    }

    /// Returns a child of `first` that also ends with `second`.
    static CancelContext of(Context first, Context second) {
        CancelContext context = of(new Both(first, second));
        try {
            context.follow(ValueContext.withoutValues(second));
        } catch (Throwable refused) {
            context.finish(Termination.CANCELED);
            throw refused;
        }
        return context;
    }

    static CancelContext within(Context parent, Duration timeout, @Nullable Throwable cause) {
        World.point(SyncPoint.TIMER, World.CLOCK);
        return until(parent, Timers.calendar(timeout), timeout, cause);
    }

    static CancelContext until(Context parent, Instant deadline, @Nullable Throwable cause) {
        World.point(SyncPoint.TIMER, World.CLOCK);
        return until(parent, deadline, Duration.between(Timers.calendar(), deadline), cause);
    }

    private static CancelContext until(Context parent, Instant deadline, Duration left, @Nullable Throwable cause) {
        Optional<Instant> above = parent.deadline();
        boolean later =
                above.isPresent() && above.get().isBefore(deadline) && Deadlines.clockOf(parent) == World.current();
        CancelContext context = new CancelContext(parent, later ? above : Optional.of(deadline), !later);
        context.join();
        if (!later) {
            context.startTimer(left, cause == null ? Termination.EXPIRED : new Termination(true, cause));
        }
        return context;
    }

    /// Returns the CancelContext behind `context`, a user's context, if both have the same `done`; otherwise null.
    static @Nullable CancelContext cancelContextBehind(Context context, RecvChan<Void> done) {
        return context.value(SELF) instanceof CancelContext behind && behind.done == done ? behind : null;
    }

    /// Cancels this context and all contexts derived from it before returning. Does nothing if it is already done.
    public void cancel() {
        World.checkUse(world, ROLE);
        World.point(SyncPoint.CANCEL, this);
        finish(Termination.CANCELED);
    }

    /// Cancels the context as [#cancel()] does, and sets what [#cause] will return: `cause` itself or, if that is a
    /// checked exception or an error, a [CanceledException] that wraps it. Null means no cause.
    public void cancel(@Nullable Throwable cause) {
        World.checkUse(world, ROLE);
        World.point(SyncPoint.CANCEL, this);
        finish(cause == null ? Termination.CANCELED : new Termination(false, cause));
    }

    /// Cancels the context, as [#cancel()] does.
    @Override
    public void close() {
        World.checkUse(world, ROLE);
        World.point(SyncPoint.CANCEL, this);
        finish(Termination.CANCELED);
    }

    @Override
    public RecvChan<Void> done() {
        Chan<Void> known = done;
        return known != null ? known : makeDone();
    }

    @Override
    public @Nullable ContextException err() {
        World.point(SyncPoint.LOOK, this);
        Termination known = end();
        return known == null ? null : known.err();
    }

    @Override
    public boolean isDone() {
        World.point(SyncPoint.LOOK, this);
        return end() != null;
    }

    @Override
    public @Nullable RuntimeException cause() {
        World.point(SyncPoint.LOOK, this);
        Termination known = end();
        return known == null ? null : known.cause();
    }

    @Override
    public Optional<Instant> deadline() {
        return deadline;
    }

    @Override
    public @Nullable Object value(Object key) {
        return ValueContext.find(this, key);
    }

    @Override
    @CanIgnoreReturnValue
    public Registration afterFunc(Runnable f) {
        World.checkUse(world, ROLE);
        EndCallback callback = callback(Objects.requireNonNull(f, "f"));
        if (add(callback) != null) {
            callback.start();
        }
        return callback;
    }

    /// Returns the callback for `f`. Ending a wait is part of the operation that waits, so it has no scheduling point
    /// of its own.
    private EndCallback callback(Runnable f) {
        if (f instanceof InlineCallback wait) {
            return new WaitCallback(this, wait);
        }
        AfterFunc callback = new AfterFunc(this, f);
        World.point(SyncPoint.AFTER, this);
        return callback;
    }

    @Override
    public String toString() {
        return ContextPath.to(this);
    }

    String step() {
        return timed ? ".WithDeadline(" + deadline.orElseThrow() + " [" + left() + "])" : ".WithCancel";
    }

    /// Returns the number of dependents, for tests.
    int dependents() {
        lock.lock();
        try {
            return dependents.size();
        } finally {
            lock.unlock();
        }
    }

    /// Removes `dependent` from the list. Returns false if it is not there, or if this context is ending or has ended.
    @CanIgnoreReturnValue
    boolean remove(Dependent dependent) {
        if (end != null) {
            return false; // the list is empty, or is being emptied
        }
        lock.lock();
        try {
            return end == null && dependents.remove(dependent); // after the end it may be in the list of callbacks
        } finally {
            lock.unlock();
        }
    }

    /// Adds `dependent` to the list and returns null, or returns the end if this context has ended.
    private @Nullable Termination add(Dependent dependent) {
        lock.lock();
        try {
            if (end == null) {
                dependents.add(dependent);
            } else {
                HappensBefore.acquire(this);
            }
            return end;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Termination end() {
        Termination known = end;
        if (known == null && withSecond instanceof Follower link) {
            Termination over = link.context.end;
            if (over != null && over != Termination.PENDING) {
                HappensBefore.acquire(link.context);
                finish(over);
                known = end;
            }
        }
        if (known == Termination.PENDING) {
            lock.lock();
            try {
                known = end;
            } finally {
                lock.unlock();
            }
        }
        if (known != null) {
            HappensBefore.acquire(this);
        }
        return known;
    }

    private Chan<Void> makeDone() {
        lock.lock();
        try {
            Chan<Void> known = done;
            if (known == null) {
                known = Cores.chan(new DoneChan(world, dependents));
                if (end != null) {
                    HappensBefore.acquire(this); // the close orders what happened before the end
                    known.close();
                }
                done = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private Duration left() {
        return Duration.between(Timers.calendarOf(world), deadline.orElseThrow());
    }

    /// Returns whether an event outside of `asking` may end this context.
    boolean mayEndOutside(World asking) {
        return world != asking || endsFromOutside;
    }

    /// Registers this context with its parent.
    private void join() {
        Context above = ValueContext.withoutValues(parent);
        if (above instanceof CancelContext ancestor) {
            join(ancestor);
            return;
        }
        RecvChan<Void> doneAbove = above.done();
        if (doneAbove == RecvChan.<Void>never()) {
            return;
        }
        CancelContext behind = cancelContextBehind(above, doneAbove);
        endsFromOutside = world != null && Cores.core(doneAbove).mayCloseOutside(world);
        if (behind != null) {
            join(behind);
        } else if (above.err() != null) {
            finish(Termination.of(above));
        } else {
            withParent = above.afterFunc(() -> finish(Termination.of(above)));
            leaveIfDone();
        }
    }

    private void join(CancelContext ancestor) {
        World.checkUse(ancestor.world, ROLE);
        World.point(SyncPoint.LOOK, ancestor);
        endsFromOutside = world != null && ancestor.mayEndOutside(world);
        Child link = new Child(ancestor, this);
        withParent = link;
        Termination over = ancestor.add(link);
        if (over != null) {
            finish(over);
        }
    }

    /// Ends this context when `above` ends.
    private void follow(Context above) {
        RecvChan<Void> doneAbove = above.done();
        if (doneAbove == RecvChan.<Void>never()) {
            return;
        }
        endsFromOutside |= world != null && Cores.core(doneAbove).mayCloseOutside(world);
        CancelContext behind = above instanceof CancelContext own ? own : cancelContextBehind(above, doneAbove);
        if (behind != null) {
            Follower link = new Follower(behind, this);
            withSecond = link;
            Termination over = behind.add(link);
            if (over != null) {
                finish(over);
            }
        } else if (above.err() != null) {
            finish(Termination.of(above));
        } else {
            withSecond = above.afterFunc(() -> finish(Termination.of(above)));
        }
        leaveIfDone();
    }

    private void startTimer(Duration left, Termination exceeded) {
        if (!left.isPositive()) {
            finish(exceeded);
        } else if (end == null) {
            CapturedBody expiry = () -> expire(exceeded);
            timer = Timers.schedule(Timers.nanos(left), () -> Goroutines.start("", expiry));
            leaveIfDone();
        }
    }

    private void expire(Termination exceeded) {
        World.point(SyncPoint.CANCEL, this);
        finish(exceeded);
    }

    /// Ends this context and all that end with it or after it. A loop instead of recursion, because a chain of merged
    /// contexts may be longer than the stack is deep.
    private void finish(Termination how) {
        Follower waiting = finish(how, null);
        while (waiting != null) {
            Follower first = waiting;
            waiting = first.merged.finish(how, first.following);
        }
    }

    /// Ends this context and its descendants. Adds the merged contexts that follow one of them to a chain of those that
    /// have to be ended next, and returns it.
    private @Nullable Follower finish(Termination how, @Nullable Follower waiting) {
        Dependents callbacks = new Dependents(this); // before the lock: if there is no memory, nothing has changed
        lock.lock();
        if (end != null) {
            lock.unlock();
            return waiting;
        }
        end = Termination.PENDING;
        try {
            CancelContext last = this;
            boolean closes = false;
            for (CancelContext each = this; each != null; each = each.nextToEnd) {
                closes |= each.done != null;
                last = each.close(last, callbacks);
            }
            if (closes) {
                World.point(SyncPoint.CANCEL, this); // closing `done` was a separate step
            }
        } finally {
            for (CancelContext each = this; each != null; each = each.nextToEnd) {
                HappensBefore.release(each);
                each.end = how;
                each.lock.unlock();
            }
        }
        Follower followers = waiting;
        for (Dependent each = callbacks.poll(); each != null; each = callbacks.poll()) {
            World.point(SyncPoint.CANCEL, this);
            if (each instanceof Follower follower) {
                follower.following = followers;
                followers = follower;
            } else {
                ((EndCallback) each).start();
            }
        }
        for (CancelContext each = this; each != null; ) {
            CancelContext next = each.nextToEnd;
            each.nextToEnd = null;
            each.leaveIfDone();
            each = next;
        }
        return followers;
    }

    /// Closes `done`, moves the callbacks to `callbacks`, and appends the children, locked, behind `last`, the current end
    /// of the chain. Returns the new end of the chain. Called under the lock.
    private CancelContext close(CancelContext last, Dependents callbacks) {
        if (done instanceof Chan<Void> open) {
            open.close();
        }
        for (Dependent each = dependents.poll(); each != null; each = dependents.poll()) {
            switch (each) {
                case EndCallback callback -> callbacks.add(callback);
                case Child child -> {
                    CancelContext context = child.context;
                    context.lock.lock();
                    if (context.end == null) {
                        context.end = Termination.PENDING;
                        last.nextToEnd = context;
                        last = context;
                    } else {
                        context.lock.unlock();
                    }
                }
            }
        }
        return last;
    }

    /// Removes this context from its parent's list and cancels its timer if it is done. Called again after each of them
    /// is set.
    private void leaveIfDone() {
        if (end == null) {
            return;
        }
        Future<?> pending = timer;
        if (pending != null && World.current() == world) {
            pending.cancel(false);
        } else if (pending != null) {
            cancelElsewhere(pending);
        }
        stop(withParent);
        stop(withSecond);
    }

    private static void stop(@Nullable Registration registration) {
        if (registration != null) {
            registration.stop();
        }
    }

    /// Cancels a timer of another world. Only code inside a world may use the world's clock.
    private void cancelElsewhere(Future<?> pending) {
        Runnable cancel = () -> pending.cancel(false);
        if (world == null) {
            World.inOneStep(cancel);
        } else {
            world.externalExecutor().execute(cancel);
        }
    }
}
