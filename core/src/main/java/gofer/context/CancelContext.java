package gofer.context;

import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.chan.flavor.Cores;
import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.base.InlineCallback;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.chan.DoneChan;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.park.Sleeper;
import gofer.runtime.park.Timers;
import gofer.runtime.park.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A context that can be cancelled. Closing it cancels it, so that try-with-resources leaves nothing behind.
///
/// **Go:** what `context.WithCancel`, `WithDeadline` and `WithTimeout` return, the cancel function included.
@CheckReturnValue
public final class CancelContext implements Context, AutoCloseable {

    /*
     * States of `end`
     *   null           live
     *   PENDING        being ended: who asks now waits for the lock, that is, for the few instructions that are left
     *   another        done: `done` is closed, and so is the whole subtree's
     *
     * Who ends a context
     *   1. locks it and, level by level, all that ends with it: the locked ones form a chain by `nextToEnd`. Each
     *      becomes PENDING, and its `done` is closed. What ends already, or has ended, is left to who does that.
     *   2. gives each its Termination, and unlocks it.
     *   3. with no lock held, starts the functions that waited for the end, takes the ended contexts out of the list of
     *      their parents, and cancels their timers.
     * So who sees the end of a context sees its whole subtree ended, and no second cancel returns before that. No
     * recursion: a chain of contexts may be longer than the stack is deep.
     *
     * Lock order: a context before those below it. Children are reached only through their parent, so two who end
     * parts of one tree meet at the topmost context that they share. A context that leaves its parent's list holds no
     * lock. No code of the user's runs under a lock.
     *
     * A context belongs to the world that made it, with its `done` and its timer. One made outside may be ended from anywhere,
     * and those below it that were made in a world end with it: who ends them, outside, starts nothing there, but hands over what
     * is to be done.
     *
     * Of a parent of our own kind, perhaps below values, the child joins the list; so too below a context of the user's
     * that passes on the `done` of one of ours. Any other is watched through its afterFunc.
     */

    /// The key under which a context of this kind is its own value: finds it behind those of the user's.
    static final Object SELF = new Object();

    /// What messages call it.
    static final String ROLE = "context";

    final Context parent;
    private final Optional<Instant> deadline;
    private final boolean timed; // the deadline is its own, not the parent's
    final @Nullable World world = World.current(); // where it was made: by its clock it ends
    private boolean crosses; // what lies outside of its world may end it; set before others see it
    private final ReentrantLock lock = new ReentrantLock();
    private final Dependents dependents = new Dependents(this); // guarded by lock
    private @Nullable CancelContext nextToEnd; // of who ends this
    volatile @Nullable Chan<Void> done; // made when asked for, under lock
    private volatile @Nullable Termination end; // written under lock
    private volatile @Nullable Registration withParent;
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
        boolean later = above.isPresent() && above.get().isBefore(deadline) && clockOf(parent) == World.current();
        CancelContext context = new CancelContext(parent, later ? above : Optional.of(deadline), !later);
        context.join();
        if (!later) {
            context.startTimer(left, cause == null ? Termination.EXPIRED : new Termination(true, cause));
        }
        return context;
    }

    /// By which clock `parent`, which has a deadline, goes: those of two worlds cannot be compared.
    private static @Nullable World clockOf(Context parent) {
        Context bearer = ValueContext.bearer(parent);
        while (bearer instanceof CancelContext own && !own.timed) {
            bearer = ValueContext.bearer(own.parent);
        }
        return bearer instanceof CancelContext own ? own.world : Cores.core(bearer.done()).home();
    }

    /// The context of this kind behind `context`, one of the user's, if it ends by the same `done`; else null.
    static @Nullable CancelContext bearerOf(Context context, RecvChan<Void> done) {
        return context.value(SELF) instanceof CancelContext bearer && bearer.done == done ? bearer : null;
    }

    /// Cancels the context and all derived from it, before it returns. Does nothing if it is done already.
    public void cancel() {
        World.enter(world, ROLE);
        World.point(SyncPoint.CANCEL, this);
        finish(Termination.CANCELED);
    }

    /// As [#cancel()], with the cause that [#cause] will give: itself, or if it is checked or an error, wrapped in a
    /// [CanceledException]. Null means no cause.
    public void cancel(@Nullable Throwable cause) {
        World.enter(world, ROLE);
        World.point(SyncPoint.CANCEL, this);
        finish(cause == null ? Termination.CANCELED : new Termination(false, cause));
    }

    /// Cancels.
    @Override
    public void close() {
        World.enter(world, ROLE);
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
        World.enter(world, ROLE);
        EndCallback callback = callback(Objects.requireNonNull(f, "f"));
        if (add(callback) != null) {
            callback.start();
        }
        return callback;
    }

    /// What runs `f`. Ending a wait is part of the operation that waits, so it has no scheduling point of its own.
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

    /// How many would be taken along, for tests.
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

    /// Puts `dependent` into the list, or returns the end that has already come.
    private @Nullable Termination add(Dependent dependent) {
        lock.lock();
        try {
            if (end == null) {
                dependents.add(dependent);
            }
            return end;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Termination end() {
        Termination known = end;
        if (known != Termination.PENDING) {
            return known;
        }
        lock.lock();
        try {
            return end;
        } finally {
            lock.unlock();
        }
    }

    private Chan<Void> makeDone() {
        lock.lock();
        try {
            Chan<Void> known = done;
            if (known == null) {
                known = Cores.chan(new DoneChan(world, dependents));
                if (end != null) {
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

    /// Whether somebody outside of `asking` may end it.
    boolean mayEndOutside(World asking) {
        return world != asking || crosses;
    }

    /// When, as a time of [Timers#realNow], the real clock ends it, or one above; [Sleeper#NEVER] if none has such a deadline.
    long due() {
        long earliest = Sleeper.NEVER;
        for (Context each = this; each instanceof CancelContext own; each = ValueContext.bearer(own.parent)) {
            if (own.timed && own.world == null) {
                Duration left = Duration.between(Timers.calendarOf(null), own.deadline.orElseThrow());
                earliest = Math.min(earliest, Timers.realNow() + Math.min(Timers.nanos(left), Sleeper.NEVER / 2));
            }
        }
        return earliest;
    }

    /// Ties this context to its parent.
    private void join() {
        Context above = ValueContext.bearer(parent);
        if (above instanceof CancelContext bearer) {
            join(bearer);
            return;
        }
        RecvChan<Void> doneAbove = above.done();
        if (doneAbove == RecvChan.<Void>never()) {
            return;
        }
        CancelContext bearer = bearerOf(above, doneAbove);
        crosses = world != null && Cores.core(doneAbove).mayCloseOutside(world);
        if (bearer != null) {
            join(bearer);
        } else if (above.err() != null) {
            finish(Termination.of(above));
        } else {
            withParent = above.afterFunc(() -> finish(Termination.of(above)));
            leaveIfDone();
        }
    }

    private void join(CancelContext bearer) {
        World.enter(bearer.world, ROLE);
        World.point(SyncPoint.LOOK, bearer);
        crosses = world != null && bearer.mayEndOutside(world);
        Child link = new Child(bearer, this);
        withParent = link;
        Termination over = bearer.add(link);
        if (over != null) {
            finish(over);
        }
    }

    private void startTimer(Duration left, Termination exceeded) {
        if (!left.isPositive()) {
            finish(exceeded);
        } else if (end == null) {
            timer = Timers.schedule(Timers.nanos(left), () -> Goroutines.start("", () -> expire(exceeded)));
            leaveIfDone();
        }
    }

    private void expire(Termination exceeded) {
        World.point(SyncPoint.CANCEL, this);
        finish(exceeded);
    }

    private void finish(Termination how) {
        lock.lock();
        if (end != null) {
            lock.unlock();
            return;
        }
        end = Termination.PENDING;
        Dependents callbacks = new Dependents(this);
        try {
            CancelContext last = this;
            boolean closes = false;
            for (CancelContext each = this; each != null; each = each.nextToEnd) {
                closes |= each.done != null;
                last = each.close(last, callbacks);
            }
            if (closes) {
                World.point(SyncPoint.CANCEL, this); // to close was a step of its own
            }
        } finally {
            for (CancelContext each = this; each != null; each = each.nextToEnd) {
                each.end = how;
                each.lock.unlock();
            }
        }
        for (Dependent each = callbacks.poll(); each != null; each = callbacks.poll()) {
            World.point(SyncPoint.CANCEL, this);
            ((EndCallback) each).start();
        }
        for (CancelContext each = this; each != null; ) {
            CancelContext next = each.nextToEnd;
            each.nextToEnd = null;
            each.leaveIfDone();
            each = next;
        }
    }

    /// Closes `done`, moves the callbacks to `callbacks`, and puts the children, locked, behind `last`, the last to end so
    /// far; returns the last then. Under the lock.
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

    /// Once done, nothing above and no timer needs to know this context. Called again after each of them is set.
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
        Registration registration = withParent;
        if (registration != null) {
            registration.stop();
        }
    }

    /// The clock of a world is used by those inside alone.
    private void cancelElsewhere(Future<?> pending) {
        Runnable cancel = () -> pending.cancel(false);
        if (world == null) {
            World.inOneStep(cancel);
        } else {
            world.door().execute(cancel);
        }
    }
}
