package gofer.testing;

import gofer.runtime.park.Dated;
import gofer.runtime.park.Sleeper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// A clock that stands still until it is told to move, and what is to be done when its time comes. For one thread at a time.
final class VirtualClock {

    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final PriorityQueue<Due> unattended = new PriorityQueue<>(Comparator.comparingLong(Due::time));
    private int roomy = 1000; // with more that are unattended it is worth looking which are still of use
    private long now;
    private long made;

    long now() {
        return now;
    }

    ScheduledFuture<?> schedule(Runnable task, long nanos) {
        long due = nanos >= Long.MAX_VALUE - now ? Long.MAX_VALUE : now + Math.max(0, nanos);
        Timer timer = new Timer(task, due, made++);
        timers.add(timer);
        return timer;
    }

    boolean isEmpty() {
        return timers.isEmpty();
    }

    /// Notes that the channel of `timer` will be ready at a time at which nobody may wait for it. Who looks at it then sees
    /// that; so it matters whether time has passed, although nothing is to be done.
    void note(Dated timer) {
        if (unattended.size() > roomy) {
            unattended.removeIf(due -> !due.isAhead(now));
            roomy = Math.max(1000, 2 * unattended.size());
        }
        if (timer.due() != Sleeper.NEVER) {
            unattended.add(new Due(timer, timer.due()));
        }
    }

    /// How far the clock is from the next timer.
    long left() {
        Timer next = timers.peek();
        return next == null ? Long.MAX_VALUE : Math.max(0, next.due - now);
    }

    /// Likewise if the channels of timers count, though nobody may wait for them.
    long leftToAny() {
        Due next = unattended.peek();
        while (next != null && !next.isAhead(now)) {
            unattended.poll();
            next = unattended.peek();
        }
        return next == null ? left() : Math.min(left(), next.time - now);
    }

    /// Moves the clock to the next timer, if that lies ahead, and returns all that are due then, in the order in which they
    /// were set.
    List<Runnable> advance() {
        return advance(left());
    }

    /// Moves the clock by so much, at most to the next timer, and returns likewise.
    List<Runnable> advance(long nanos) {
        now += nanos;
        return due();
    }

    /// Takes out all that are due.
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

    /// @param time when the channel of `timer` will be ready, unless it is set anew before
    private record Due(Dated timer, long time) {

        boolean isAhead(long now) {
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
