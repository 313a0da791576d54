package gofer.runtime.park;

import gofer.runtime.base.RealTime;
import gofer.runtime.sched.Scheduling;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The clock, and functions that run later.
///
/// Sleeps do not use timers: their deadline is part of the park.
public final class Timers {

    private static final long ORIGIN = System.nanoTime();

    /// Readings of two clocks that are at most this many nanoseconds apart count as simultaneous.
    private static final long CLOCK_SKEW = 1_000_000;

    private Timers() {}

    /// Returns the nanoseconds since this class was loaded, or since the current world began. Never negative, never
    /// wraps around.
    public static long now() {
        return World.current() instanceof World world ? world.now() : System.nanoTime() - ORIGIN;
    }

    /// Returns the same by the clock of `world`, or by the real clock if that is null.
    public static long now(@Nullable World world) {
        return world != null ? world.now() : World.current() == null ? System.nanoTime() - ORIGIN : realNow();
    }

    /// Returns the nanoseconds of real time, also within a world: what [#now] returns outside of all worlds.
    public static long realNow() {
        return RealTime.nanoTime() - ORIGIN;
    }

    /// Returns the time `delay` from now: at the latest [Sleeper#NEVER], at the earliest now.
    public static long in(Duration delay) {
        return in(World.current(), nanos(delay));
    }

    /// Returns the time `nanos`, at least 0, from now by the clock of `world`: at the latest [Sleeper#NEVER].
    public static long in(@Nullable World world, long nanos) {
        long now = now(world);
        return nanos >= Sleeper.NEVER - now ? Sleeper.NEVER : now + nanos;
    }

    /// Returns the calendar time of `time`, a recent time of [#now] of `world`, with an error of at most [#CLOCK_SKEW].
    public static Instant calendar(@Nullable World world, long time) {
        if (world != null) {
            return world.beginning().plusNanos(time);
        }
        for (; ; ) {
            long before = now(null);
            Instant calendar = calendarOf(null);
            if (now(null) - before < CLOCK_SKEW) { // otherwise the thread was preempted between the two readings
                return calendar.minusNanos(before - time);
            }
        }
    }

    /// Returns the calendar time.
    public static Instant calendar() {
        return calendarOf(World.current());
    }

    /// Returns the calendar time of `world`, or the real one if that is null.
    public static Instant calendarOf(@Nullable World world) {
        if (world != null) {
            return world.beginning().plusNanos(world.now());
        }
        return World.current() == null ? Instant.now() : RealTime.calendar();
    }

    /// Returns the calendar time `delay` from now, within the range of [Instant].
    public static Instant calendar(Duration delay) {
        try {
            return calendar().plus(delay);
        } catch (DateTimeException | ArithmeticException tooFar) {
            return delay.isNegative() ? Instant.MIN : Instant.MAX;
        }
    }

    /// Returns `delay` in nanoseconds, at least 0, and [Sleeper#NEVER] if it is too long for that (292 years).
    public static long nanos(Duration delay) {
        return Math.max(0, TimeUnit.NANOSECONDS.convert(Objects.requireNonNull(delay, "delay")));
    }

    /// Runs a short, non-blocking `task` after `nanos`, on the timer thread. Tasks run in the order in which they are
    /// due.
    public static Future<?> schedule(long nanos, Runnable task) {
        return schedule(World.current(), nanos, task);
    }

    /// Runs `task` in the same way, by the clock of `world`: that of the caller, or null for the real one.
    public static Future<?> schedule(@Nullable World world, long nanos, Runnable task) {
        return world != null ? world.scheduleNanos(nanos, task) : real(Alarms.THREAD, nanos, task);
    }

    /// Runs a short, non-blocking `task` soon, outside of all worlds.
    public static void outside(Runnable task) {
        var _ = real(Alarms.THREAD, 0, task);
    }

    /// Unparks `thread` at `time`, a time of [#realNow]. This does not count as a scheduled task.
    static Future<?> wake(Thread thread, long time) {
        return real(WakeUps.THREAD, time - now(null), () -> LockSupport.unpark(thread));
    }

    /// Schedules `task` on `executor`. In a world the executor might read the wrong clock, so another thread schedules
    /// the task.
    private static Future<?> real(ScheduledThreadPoolExecutor executor, long nanos, Runnable task) {
        if (World.current() == null) {
            return executor.schedule(task, nanos, TimeUnit.NANOSECONDS);
        }
        var relayed = new FutureTask<@Nullable Void>(task, null);
        long due = realNow() + Math.min(nanos, Sleeper.NEVER / 2);
        World.inOneStep(() ->
                Messenger.THREAD.execute(() -> {
                    if (!relayed.isCancelled()) {
                        var _ = executor.schedule(relayed, due - realNow(), TimeUnit.NANOSECONDS);
                    }
                }));
        return relayed;
    }

    /// Returns whether a task is scheduled or running.
    public static boolean isPending() {
        return Alarms.THREAD.getActiveCount() > 0 || !Alarms.THREAD.getQueue().isEmpty();
    }

    /// Returns the number of scheduled tasks, for tests.
    static int scheduled() {
        return Alarms.THREAD.getQueue().size();
    }

    /// Returns the executor of [#wake], for tests.
    static ScheduledThreadPoolExecutor wakeUps() {
        return WakeUps.THREAD;
    }

    private static ScheduledThreadPoolExecutor thread(String name) {
        var executor = new ScheduledThreadPoolExecutor(1, daemons(name));
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(Scheduling.systemGroup(), task, name, 0, false);
            thread.setDaemon(true);
            return thread;
        };
    }

    /// Created when the first function is scheduled, because most programs need no timer thread.
    private static final class Alarms {

        static final ScheduledThreadPoolExecutor THREAD = thread("gofer timers");
    }

    /// Created when a goroutine in a world first needs the real clock.
    private static final class Messenger {

        static final ExecutorService THREAD = Executors.newSingleThreadExecutor(daemons("gofer real time"));
    }

    /// Created when a goroutine first selects with a deadline.
    private static final class WakeUps {

        static final ScheduledThreadPoolExecutor THREAD = thread("gofer wake-ups");
    }
}
