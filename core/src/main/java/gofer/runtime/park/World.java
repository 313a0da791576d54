package gofer.runtime.park;

import gofer.goroutine.Cancellation;
import gofer.goroutine.FatalError;
import gofer.runtime.base.JdkHooks;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.base.WorkerlessPool;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jdk.internal.vm.Continuation;
import org.jspecify.annotations.Nullable;

/// A controlled scheduler with its own clock. A world runs its goroutines one at a time, on one [Runner], and decides
/// which one runs next. Whatever is started in a world runs in it too, plain virtual threads included. Bubbles and
/// explorations are worlds. Everything else runs in real time, outside of all worlds; there [#current] returns null.
public abstract class World extends WorkerlessPool {

    /// The object of operations that concern the clock.
    public static final Object CLOCK = "the clock";

    /// The object of an operation that concerns all goroutines.
    public static final Object GOROUTINES = "all goroutines";

    private static boolean used; // written before the first goroutine of a world starts; other threads need not see it

    /// Called before the first world runs goroutines.
    protected static void markUsed() {
        used = true;
    }

    /// Returns whether this process has ever had a world.
    public static boolean wasUsed() {
        return used;
    }

    /// Returns the world of the current thread; null if it is in none. Costs one field read until the first world exists.
    public static @Nullable World current() {
        return used ? find() : null;
    }

    private static @Nullable World find() {
        return worldOf(Thread.currentThread());
    }

    /// Returns the world of `thread`; null if it is in none.
    public static @Nullable World worldOf(Thread thread) {
        if (thread.isVirtual()) {
            return JdkHooks.schedulerOf(thread) instanceof World world ? world : null;
        }
        return thread instanceof Runner runner ? runner.world : null;
    }

    /// Marks a scheduling point: the current goroutine is about to perform `operation` on `object`, and another
    /// goroutine may run first.
    ///
    /// Throws a [FatalError] if the object belongs to a world that the caller is not in. Operations that only look at
    /// an object are allowed from anywhere.
    public static void point(SyncPoint operation, Object object) {
        if (used) {
            World here = find();
            if (operation != SyncPoint.LOOK) {
                checkUse(operation, object, here);
            }
            if (here != null && Thread.currentThread().isVirtual() && !isInOperation()) {
                here.step(operation, object);
            }
        }
    }

    private static boolean isInOperation() {
        return Fiber.current() instanceof Fiber goroutine && goroutine.inOperation;
    }

    private static void checkUse(SyncPoint operation, Object object, @Nullable World here) {
        switch (object) {
            case Owned one -> one.checkUse(operation, here);
            case Owned[] several -> {
                for (Owned one : several) {
                    one.checkUse(operation, here);
                }
            }
            default -> {}
        }
    }

    /// Returns the error for the use of a `what` of `home` outside of that world.
    ///
    /// @param which identifies the object, if that is possible
    public static FatalError outsideUseError(World home, String what, String which) {
        home.onOutsideUse(Thread.currentThread());
        return new FatalError(what + " of a bubble is used outside of it" + which);
    }

    /// Called when the current thread is about to use a `what` that was created in `home`. Throws a [FatalError] if
    /// `home` is a world that the caller is not in.
    public static void checkUse(@Nullable World home, String what) {
        if (home != null && home != find()) {
            throw outsideUseError(home, what, "");
        }
    }

    /// Runs `task` without giving up the turn. Waits of the task take real time and must be short. For locks that
    /// threads outside of the world hold briefly.
    public static void inOneStep(Runnable task) {
        boolean inWorld = Thread.currentThread().isVirtual() && current() != null;
        if (inWorld) {
            Continuation.pin();
        }
        try {
            task.run();
        } finally {
            if (inWorld) {
                Continuation.unpin();
            }
        }
    }

    /// Records that `registration` may cancel the wait of `sleeper`, of the current thread. Null means that nothing can
    /// cancel it any more.
    static void recordRegistration(Sleeper sleeper, Cancellation.@Nullable Registration registration) {
        if (used && find() instanceof World here) {
            here.setEndSource(
                    sleeper,
                    registration == null ? null : registration instanceof EndSource known ? known : EndSource.UNKNOWN);
        }
    }

    /// Records that the current thread has acquired `lock`, or permits of it, `count` times. A negative count means
    /// releases.
    public static void acquired(Object lock, long count) {
        if (used && find() instanceof World here) {
            here.onAcquired(lock, count);
        }
    }

    /// Parks the current thread for `sleeper`, for at most `left` nanoseconds of its world's time, and at most until
    /// `real`, a time of [Timers#realNow].
    final void park(Sleeper sleeper, long left, long real) {
        Thread thread = sleeper.thread();
        Future<?> realTimer = real == Sleeper.NEVER ? null : Timers.wake(thread, real);
        Future<?> ownTimer = left == Sleeper.NEVER ? null : scheduleNanos(left, () -> LockSupport.unpark(thread));
        setRealDeadline(sleeper, real);
        LockSupport.park(sleeper);
        setRealDeadline(sleeper, Sleeper.NEVER);
        if (ownTimer != null) {
            ownTimer.cancel(false);
        }
        if (realTimer != null) {
            realTimer.cancel(false);
        }
    }

    /// Called when the current thread is about to wake `waiter`. Throws a [FatalError] if the waiter is in a world that
    /// the caller is not in.
    public static void checkWake(Waiter waiter) {
        if (used && worldOf(waiter.sleeper.thread()) instanceof World world && world != find()) {
            throw new FatalError("goroutine of a bubble is woken from outside of it");
        }
    }

    /// Checks all of `waiters` in the same way.
    public static void checkWake(WaitQueue waiters) {
        for (Waiter waiter = used ? waiters.first() : null; waiter != null; waiter = waiter.next) {
            checkWake(waiter);
        }
    }

    /// Lets other goroutines run first, see [#point].
    protected abstract void step(SyncPoint operation, Object object);

    /// Yields: lets other goroutines run first.
    public abstract void yieldNow();

    /// Chooses one of several options, numbered from 0.
    public abstract int choose(int options);

    /// Returns the number of goroutines of this world that have not ended, as the current goroutine can see it.
    public abstract int countGoroutines();

    /// Called when `timer` has been set to a time of this world at which perhaps no goroutine waits for it.
    public void onTimerSet(WorldTimer timer) {}

    /// Called when a goroutine is about to be submitted for the first time, by the current thread.
    public abstract void onStart(Fiber goroutine);

    /// Called when the current goroutine has ended.
    public abstract void onEnd(Fiber goroutine);

    /// Called when an exception has left the body of `goroutine`.
    public abstract void onPanic(Fiber goroutine, Throwable thrown);

    /// Returns the nanoseconds since this world began.
    protected abstract long now();

    /// Returns the calendar time at which this world began.
    protected abstract Instant beginning();

    /// Returns an executor that runs tasks in this world. Any thread may use it, until the current run ends.
    public abstract Executor externalExecutor();

    /// Called when `thread`, which is not in this world, has tried to use an object of it.
    protected abstract void onOutsideUse(Thread thread);

    /// Waits until no other goroutine can continue, timers included.
    public abstract void settle();

    final Future<?> scheduleNanos(long nanos, Runnable task) {
        return schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    /// Returns whether `thread` is in the same world as the current thread, or both are in none.
    public static boolean isOfSame(Thread thread) {
        return worldOf(thread) == find();
    }

    /// Records that `ending` may cancel the wait of `sleeper`. Null means that nothing can cancel it any more.
    public abstract void setEndSource(Sleeper sleeper, @Nullable EndSource ending);

    /// Records that the current goroutine has acquired `lock`, or permits of it, `count` times. A negative count means
    /// releases.
    public abstract void onAcquired(Object lock, long count);

    /// Records that the sleep of `sleeper` ends at `time`, a time of [Timers#realNow], at the latest.
    public abstract void setRealDeadline(Sleeper sleeper, long time);

    /// Records that a function will run in this world when `ending` happens.
    public abstract void expect(EndSource ending);

    /// Records that `ending` has happened, or that its function will not run. Any thread can call this.
    public abstract void expectNoLonger(EndSource ending);

    /// The platform thread that runs the goroutines of a world.
    public static final class Runner extends Thread {

        private final World world;

        /// Creates a thread that runs `body`.
        public Runner(World world, String name, Runnable body) {
            super(body, name);
            this.world = world;
            setDaemon(true);
        }
    }
}
