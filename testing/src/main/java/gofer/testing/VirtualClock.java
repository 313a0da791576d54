package gofer.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// A clock that stands still until it is told to move, and what is to be done when its time comes. For one thread at a time.
final class VirtualClock {

    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
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

    /// How far the clock is from the next timer.
    long left() {
        Timer next = timers.peek();
        return next == null ? Long.MAX_VALUE : Math.max(0, next.due - now);
    }

    /// Moves the clock to the next timer, if that lies ahead, and returns all that are due then, in the order in which they
    /// were set.
    List<Runnable> advance() {
        now += left();
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
