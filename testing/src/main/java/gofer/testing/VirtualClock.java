package gofer.testing;

import gofer.runtime.park.Sleeper;
import gofer.runtime.park.WorldTimer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// A clock that stands still until [#advance] is called, and its timers. Not thread-safe.
final class VirtualClock {

    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final PriorityQueue<Due> unattended = new PriorityQueue<>(Comparator.comparingLong(Due::time));
    private int cleanupSize = 1000; // from this size on, obsolete elements of `unattended` are removed
    private long now;
    private long count;

    long now() {
        return now;
    }

    ScheduledFuture<?> schedule(Runnable task, long nanos) {
        long due = nanos >= Long.MAX_VALUE - now ? Long.MAX_VALUE : now + Math.max(0, nanos);
        Timer timer = new Timer(task, due, count++);
        timers.add(timer);
        return timer;
    }

    boolean isEmpty() {
        return timers.isEmpty();
    }

    /// Tracks the time at which the channel of `timer` becomes ready. Perhaps no goroutine waits for it then, and nothing has to
    /// run. But a goroutine that polls the channel can see whether that time has passed.
    void track(WorldTimer timer) {
        if (unattended.size() > cleanupSize) {
            unattended.removeIf(due -> !due.isFuture(now));
            cleanupSize = Math.max(1000, 2 * unattended.size());
        }
        if (timer.due() != Sleeper.NEVER) {
            unattended.add(new Due(timer, timer.due()));
        }
    }

    /// Returns the time to the next timer; [Long#MAX_VALUE] if there is none.
    long timeToTimer() {
        Timer next = timers.peek();
        return next == null ? Long.MAX_VALUE : Math.max(0, next.due - now);
    }

    /// Returns the time to the next timer, or to the next time at which the channel of a timer becomes ready, even if no
    /// goroutine waits for it.
    long timeToAny() {
        Due next = unattended.peek();
        while (next != null && !next.isFuture(now)) {
            unattended.poll();
            next = unattended.peek();
        }
        return next == null ? timeToTimer() : Math.min(timeToTimer(), next.time - now);
    }

    /// Advances the clock to the next timer, if that is not due yet. Returns all timers that are due then, in the order in which
    /// they were set.
    List<Runnable> advance() {
        return advance(timeToTimer());
    }

    /// Advances the clock by `nanos`, which must not pass the next timer. Returns all timers that are due then.
    List<Runnable> advance(long nanos) {
        now += nanos;
        return due();
    }

    /// Removes and returns all timers that are due.
    List<Runnable> due() {
        List<Runnable> due = List.of();
        for (Timer next = timers.peek(); next != null && next.due <= now; next = timers.peek()) {
            timers.poll();
            if (due.isEmpty()) {
                due = new ArrayList<>();
            }
            due.add(next);
        }
        return due;
    }

    /// @param time when the channel of `timer` becomes ready, unless the timer is set again before
    private record Due(WorldTimer timer, long time) {

        boolean isFuture(long now) {
            return time > now && timer.due() == time;
        }
    }

    private final class Timer extends FutureTask<Void> implements ScheduledFuture<Void> {

        private final long due;
        private final long number;

        Timer(Runnable task, long due, long number) {
            super(task, null);
            this.due = due;
            this.number = number;
        }

        @Override
        public boolean cancel(boolean interrupt) {
            timers.remove(this);
            return super.cancel(interrupt);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - now, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            Timer that = (Timer) other;
            int byTime = Long.compare(due, that.due);
            return byTime != 0 ? byTime : Long.compare(number, that.number);
        }
    }
}
