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
/// Sleeps need no help from here: their deadline is part of the park.
public final class Timers {

    private static final long ORIGIN = System.nanoTime();

    /// How far, in nanoseconds, the readings of two clocks may lie apart that count as simultaneous.
    private static final long CLOCK_SKEW = 1_000_000;

    private Timers() {}

    /// Nanoseconds since this class was loaded, or since the current world began: never negative, never wraps.
    public static long now() {
        return World.current() instanceof World world ? world.now() : System.nanoTime() - ORIGIN;
    }

    /// Likewise by the clock of `world`, null for the real one.
    public static long now(@Nullable World world) {
        return world != null ? world.now() : World.current() == null ? System.nanoTime() - ORIGIN : realNow();
    }

    /// Nanoseconds of real time, from wherever it is asked: what [#now] tells outside of all worlds.
    public static long realNow() {
        return RealTime.nanoTime() - ORIGIN;
    }

    /// The time `delay` from now, at the latest [Sleeper#NEVER], at the earliest now.
    public static long in(Duration delay) {
        return in(World.current(), nanos(delay));
    }

    /// The time `nanos`, at least 0, from now by the clock of `world`, at the latest [Sleeper#NEVER].
    public static long in(@Nullable World world, long nanos) {
        long now = now(world);
        return nanos >= Sleeper.NEVER - now ? Sleeper.NEVER : now + nanos;
    }

    /// The calendar time that corresponds to `time`, a time of [#now] of `world` not long ago, within [#CLOCK_SKEW].
    public static Instant calendar(@Nullable World world, long time) {
        if (world != null) {
            return world.beginning().plusNanos(time);
        }
        for (; ; ) {
            long before = now(null);
            Instant calendar = calendarOf(null);
            if (now(null) - before < CLOCK_SKEW) { // else the processor was taken away between the two clocks
                return calendar.minusNanos(before - time);
            }
        }
    }

    /// The calendar time.
    public static Instant calendar() {
        return calendarOf(World.current());
    }

    /// Likewise of `world`, null for the real one.
    public static Instant calendarOf(@Nullable World world) {
        if (world != null) {
            return world.beginning().plusNanos(world.now());
        }
        return World.current() == null ? Instant.now() : RealTime.calendar();
    }

    /// The calendar time `delay` from now, within what [Instant] can hold.
    public static Instant calendar(Duration delay) {
        try {
            return calendar().plus(delay);
        } catch (DateTimeException | ArithmeticException tooFar) {
            return delay.isNegative() ? Instant.MIN : Instant.MAX;
        }
    }

    /// `delay` in nanoseconds, at least 0; what does not fit (292 years) is [Sleeper#NEVER].
    public static long nanos(Duration delay) {
        return Math.max(0, TimeUnit.NANOSECONDS.convert(Objects.requireNonNull(delay, "delay")));
    }

    /// Runs a short, non-blocking `task` after `nanos`, on the timer thread; tasks run in the order in which they are due.
    public static Future<?> schedule(long nanos, Runnable task) {
        return schedule(World.current(), nanos, task);
    }

    /// Likewise by the clock of `world`: that of the caller, or null for the real one.
    public static Future<?> schedule(@Nullable World world, long nanos, Runnable task) {
        return world != null ? world.scheduleNanos(nanos, task) : real(Alarms.THREAD, nanos, task);
    }

    /// Runs `task`, which is short and does not wait, outside of all worlds, soon.
    public static void outside(Runnable task) {
        var _ = real(Alarms.THREAD, 0, task);
    }

    /// Unparks `thread` at `time`, a time of [#realNow]; does not count as a scheduled task.
    static Future<?> wake(Thread thread, long time) {
        return real(WakeUps.THREAD, time - now(null), () -> LockSupport.unpark(thread));
    }

    /// In a world an executor might ask the wrong clock for the time, so there another thread sets the task.
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

    /// Whether a task is scheduled, or runs.
    public static boolean isPending() {
        return Alarms.THREAD.getActiveCount() > 0 || !Alarms.THREAD.getQueue().isEmpty();
    }

    /// How many tasks are scheduled, for tests.
    static int scheduled() {
        return Alarms.THREAD.getQueue().size();
    }

    /// What runs [#wake]s, for tests.
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

    /// Made when the first function is scheduled; most programs need no timer thread.
    private static final class Alarms {

        static final ScheduledThreadPoolExecutor THREAD = thread("gofer timers");
    }

    /// Likewise, when somebody in a world first needs the real clock.
    private static final class Messenger {

        static final ExecutorService THREAD = Executors.newSingleThreadExecutor(daemons("gofer real time"));
    }

    /// Likewise, when a goroutine first selects with a deadline.
    private static final class WakeUps {

        static final ScheduledThreadPoolExecutor THREAD = thread("gofer wake-ups");
    }
}
