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

    private static boolean any; // written before any goroutine of a world starts; others need not see it

    /// Called before the first world runs goroutines.
    protected static void arise() {
        any = true;
    }

    /// Returns whether there has been a world.
    public static boolean isAny() {
        return any;
    }

    /// Returns the world of the current thread; null if it is in none. Costs nothing until there is a world.
    public static @Nullable World current() {
        return any ? find() : null;
    }

    private static @Nullable World find() {
        return worldOf(Thread.currentThread());
    }

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
        if (any) {
            World here = find();
            if (operation != SyncPoint.LOOK) {
                checkUse(operation, object, here);
            }
            if (here != null && Thread.currentThread().isVirtual() && !isOperating()) {
                here.step(operation, object);
            }
        }
    }

    private static boolean isOperating() {
        return Fiber.current() instanceof Fiber goroutine && goroutine.operating;
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
    public static FatalError strange(World home, String what, String which) {
        home.strange(Thread.currentThread());
        return new FatalError(what + " of a bubble is used outside of it" + which);
    }

    /// Called when the current thread is about to use a `what` that was created in `home`. Throws a [FatalError] if
    /// `home` is a world that the caller is not in.
    public static void enter(@Nullable World home, String what) {
        if (home != null && home != find()) {
            throw strange(home, what, "");
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

    /// Records that `registration` may cancel the wait of `sleeper`, of the current thread; null means that nothing may
    /// any more.
    static void calledOffBy(Sleeper sleeper, Cancellation.@Nullable Registration registration) {
        if (any && find() instanceof World here) {
            here.callsOff(
                    registration == null ? null : registration instanceof EndSource known ? known : EndSource.UNKNOWN,
                    sleeper);
        }
    }

    /// Records that the current thread has acquired `lock`, or permits of it, `count` times. A negative count means
    /// releases.
    public static void acquired(Object lock, long count) {
        if (any && find() instanceof World here) {
            here.onAcquired(lock, count);
        }
    }

    /// Parks the current thread for `sleeper`, for at most `left` nanoseconds of its world's time, and at most until
    /// `real`, a time of [Timers#realNow].
    final void park(Sleeper sleeper, long left, long real) {
        Thread thread = sleeper.thread();
        Future<?> byReal = real == Sleeper.NEVER ? null : Timers.wake(thread, real);
        Future<?> byOwn = left == Sleeper.NEVER ? null : scheduleNanos(left, () -> LockSupport.unpark(thread));
        due(sleeper, real);
        LockSupport.park(sleeper);
        due(sleeper, Sleeper.NEVER);
        if (byOwn != null) {
            byOwn.cancel(false);
        }
        if (byReal != null) {
            byReal.cancel(false);
        }
    }

    /// Called when the current thread is about to wake `waiter`. Throws a [FatalError] if the waiter is in a world that
    /// the caller is not in.
    public static void checkWake(Waiter waiter) {
        if (any && worldOf(waiter.sleeper.thread()) instanceof World world && world != find()) {
            throw new FatalError("goroutine of a bubble is woken from outside of it");
        }
    }

    /// Checks all of `waiters` in the same way.
    public static void checkWake(WaitQueue waiters) {
        for (Waiter waiter = any ? waiters.first() : null; waiter != null; waiter = waiter.next) {
            checkWake(waiter);
        }
    }

    /// Lets other goroutines run first, see [#point].
    protected abstract void step(SyncPoint operation, Object object);

    /// Yields: lets other goroutines run first.
    public abstract void yieldNow();

    /// Chooses one of several options, numbered from 0.
    public abstract int choose(int options);

    /// Returns the number of goroutines of this world that have not ended, as the current one may see it.
    public abstract int countGoroutines();

    /// Called when `timer` has been set to a time of this world at which perhaps no goroutine waits for it.
    public void armed(Dated timer) {}

    /// Called when a goroutine is about to be submitted for the first time, by the current thread.
    public abstract void starts(Fiber goroutine);

    /// Called when the current goroutine has ended.
    public abstract void ends(Fiber goroutine);

    /// Called when an exception has left the body of `goroutine`.
    public abstract void panic(Fiber goroutine, Throwable thrown);

    /// Returns the nanoseconds since this world began.
    protected abstract long now();

    /// Returns the calendar time at which this world began.
    protected abstract Instant beginning();

    /// Returns an executor that runs tasks in this world. Any thread may use it, until the current run ends.
    public abstract Executor door();

    /// Called when `thread`, which is not in this world, has tried to use an object of it.
    protected abstract void strange(Thread thread);

    /// Waits until no other goroutine can continue, timers included.
    public abstract void settle();

    final Future<?> scheduleNanos(long nanos, Runnable task) {
        return schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    /// Returns whether `thread` is in the same world as the current thread, or both are in none.
    public static boolean isOfSame(Thread thread) {
        return worldOf(thread) == find();
    }

    /// Records that `ending` may cancel the wait of `sleeper`; null means that nothing may any more.
    public abstract void callsOff(@Nullable EndSource ending, Sleeper sleeper);

    /// Records that the current goroutine has acquired `lock`, or permits of it, `count` times. A negative count means
    /// releases.
    public abstract void onAcquired(Object lock, long count);

    /// Records that the sleep of `sleeper` ends at `time`, a time of [Timers#realNow], at the latest.
    public abstract void due(Sleeper sleeper, long time);

    /// Records that a function is to run in this world when `ending` happens.
    public abstract void expect(EndSource ending);

    /// Records that `ending` has happened, or that its function is not to run. May be called from any thread.
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
