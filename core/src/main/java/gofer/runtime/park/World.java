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

/// Where goroutines run that somebody controls, one at a time: a scheduler and a clock of their own. Those that they start,
/// plain virtual threads included, run there too. The real world is none of these.
///
/// A subclass runs its goroutines on one [Runner].
public abstract class World extends WorkerlessPool {

    /// The object of operations that concern the clock.
    public static final Object CLOCK = "the clock";

    /// The object of an operation that concerns all goroutines.
    public static final Object GOROUTINES = "all goroutines";

    private static boolean any; // written before the first goroutine of the first world starts: others need not see it

    /// From now on there may be goroutines of worlds.
    protected static void arise() {
        any = true;
    }

    /// Whether there has been a world.
    public static boolean isAny() {
        return any;
    }

    /// The world of the current thread; null if that is the real one. Costs nothing until there is a world.
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

    /// The current goroutine is about to carry out `operation` on `object`: another may go first.
    ///
    /// Throws a [FatalError] if the object belongs to a world that the caller is not in; anybody may look at it.
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

    /// What to throw if a `what` of `home` is used outside of it.
    ///
    /// @param which tells it from others, if it can
    public static FatalError strange(World home, String what, String which) {
        home.strange(Thread.currentThread());
        return new FatalError(what + " of a bubble is used outside of it" + which);
    }

    /// The current thread is about to use a `what` that was made in `home`. Throws a [FatalError] if that is a world that the
    /// caller is not in.
    public static void enter(@Nullable World home, String what) {
        if (home != null && home != find()) {
            throw strange(home, what, "");
        }
    }

    /// Runs `task` without giving up the turn, whatever it waits for: in real time, which must be short. For locks that
    /// threads outside hold for a moment.
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

    /// The wait of `sleeper`, of the current thread, may be called off as `registration` says, or no longer if that is null.
    static void calledOffBy(Sleeper sleeper, Cancellation.@Nullable Registration registration) {
        if (any && find() instanceof World here) {
            here.callsOff(
                    registration == null ? null : registration instanceof EndSource known ? known : EndSource.UNKNOWN,
                    sleeper);
        }
    }

    /// The current thread has taken `lock`, or parts of it, so often; or given them back.
    public static void acquired(Object lock, long count) {
        if (any && find() instanceof World here) {
            here.onAcquired(lock, count);
        }
    }

    /// Parks the current thread for `sleeper`, for `left` nanoseconds of its own time at most, and until `real`, a time of
    /// [Timers#realNow].
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

    /// The current thread is about to wake `waiter`. Throws a [FatalError] if that is in a world that the caller is not in.
    public static void checkWake(Waiter waiter) {
        if (any && worldOf(waiter.sleeper.thread()) instanceof World world && world != find()) {
            throw new FatalError("goroutine of a bubble is woken from outside of it");
        }
    }

    /// Likewise all of `waiters`.
    public static void checkWake(WaitQueue waiters) {
        for (Waiter waiter = any ? waiters.first() : null; waiter != null; waiter = waiter.next) {
            checkWake(waiter);
        }
    }

    /// See [#point].
    protected abstract void step(SyncPoint operation, Object object);

    /// The current goroutine lets others go first.
    public abstract void yieldNow();

    /// Chooses one of several, from 0.
    public abstract int choose(int options);

    /// How many goroutines live in this world, as the current one may see it.
    public abstract int countGoroutines();

    /// The timer will be due at a time of this world at which nobody may wait for it.
    public void armed(Dated timer) {}

    /// A goroutine is about to be submitted for the first time, by the current thread.
    public abstract void starts(Fiber goroutine);

    /// The current goroutine has ended.
    public abstract void ends(Fiber goroutine);

    /// An exception has left the body of `goroutine`.
    public abstract void panic(Fiber goroutine, Throwable thrown);

    /// Nanoseconds since this world began.
    protected abstract long now();

    /// The calendar time at which it began.
    protected abstract Instant beginning();

    /// Runs what it is given in this world, from wherever that comes, as long as the run lasts that is under way now.
    public abstract Executor door();

    /// `thread`, which is none of this world, has tried to use something of it.
    protected abstract void strange(Thread thread);

    /// Waits until no other goroutine can go on, timers included.
    public abstract void settle();

    final Future<?> scheduleNanos(long nanos, Runnable task) {
        return schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    /// Whether `thread` is in the same world as the current thread; also true if neither is in one.
    public static boolean isOfSame(Thread thread) {
        return worldOf(thread) == find();
    }

    /// The wait of `sleeper` may be called off by `ending`, or no longer if that is null.
    public abstract void callsOff(@Nullable EndSource ending, Sleeper sleeper);

    /// The current goroutine has taken `lock`, or parts of it, so often; or given them back.
    public abstract void onAcquired(Object lock, long count);

    /// The sleep of `sleeper` is over at `time`, one of [Timers#realNow], at the latest.
    public abstract void due(Sleeper sleeper, long time);

    /// A function is to run here when `ending` comes.
    public abstract void expect(EndSource ending);

    /// That has come, or the function is not to run. From anywhere.
    public abstract void expectNoLonger(EndSource ending);

    /// The thread that runs the goroutines of a world.
    public static final class Runner extends Thread {

        private final World world;

        /// A thread that runs `body`.
        public Runner(World world, String name, Runnable body) {
            super(body, name);
            this.world = world;
            setDaemon(true);
        }
    }
}
