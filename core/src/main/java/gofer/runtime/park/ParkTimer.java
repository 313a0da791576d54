package gofer.runtime.park;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// The next unpark of a goroutine by the clock. Used by that goroutine only.
///
/// To set and cancel a timer costs several times what a select costs, and most selects with a deadline end before it. So
/// the timer stays when the wait is over, for the next one whose deadline is not earlier; what it does to any other wait is
/// a spurious wake-up.
final class ParkTimer {

    private final Thread thread;
    private long time; // of the task; while it lies ahead, the unpark does too
    private @Nullable Future<?> task;

    ParkTimer(Thread thread) {
        this.thread = thread;
    }

    /// Sees to it that the goroutine is unparked at `time`, a time of [Timers#now], or earlier.
    void by(long time) {
        boolean ahead = Timers.now() < this.time;
        if (ahead && this.time <= time) {
            return;
        }
        cancel();
        task = Timers.wake(thread, time);
        this.time = time; // not if there was no memory for the task
    }

    /// The goroutine waits no more.
    void cancel() {
        if (task != null) {
            task.cancel(false);
        }
        time = 0;
    }
}
