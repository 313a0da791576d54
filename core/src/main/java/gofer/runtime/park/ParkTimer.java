package gofer.runtime.park;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// The timer that unparks a goroutine. Used only by that goroutine.
///
/// Setting and cancelling a timer takes several times as long as a select, and most selects with a deadline end before
/// it. So the timer stays set when a wait has ended, for the next wait whose deadline is not earlier. For any other
/// wait it is a spurious wakeup.
final class ParkTimer {

    private final Thread thread;
    private long time; // when the task is due; while this is in the future, the unpark is still to come
    private @Nullable Future<?> task;

    ParkTimer(Thread thread) {
        this.thread = thread;
    }

    /// Ensures that the goroutine is unparked at `time`, a time of [Timers#now], or earlier.
    void wakeBy(long time) {
        boolean ahead = Timers.now() < this.time;
        if (ahead && this.time <= time) {
            return;
        }
        cancel();
        task = Timers.wake(thread, time);
        this.time = time; // not reached if there was no memory for the task
    }

    /// Cancels the timer.
    void cancel() {
        if (task != null) {
            task.cancel(false);
        }
        time = 0;
    }
}
