package gofer.runtime.park;

import gofer.runtime.sched.Scheduling;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A clock with a resolution of a quarter of a second that costs as much as reading a field. It shows how long each
/// goroutine has been waiting. Reading the system clock at every wait would cost as much as a tenth of the wait.
public final class CoarseClock extends Thread {

    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long START = System.nanoTime();

    private static volatile int now; // written by its thread

    static {
        try {
            new CoarseClock().start();
        } catch (OutOfMemoryError noThread) {
            // the clock then stands still: all waits seem to be new, and nothing is traced
        }
    }

    private CoarseClock() {
        super(Scheduling.systemGroup(), null, "gofer clock", 0, false);
        setDaemon(true);
    }

    /// Returns the number of ticks since the clock was started.
    static int now() {
        return now;
    }

    /// Returns the time since the tick `then`, with an error of up to one tick.
    static Duration since(int then) {
        return Duration.ofNanos(Math.max(0, now - then) * TICK);
    }

    @Override
    public void run() {
        for (; ; ) {
            LockSupport.parkNanos(this, TICK);
            now = (int) ((System.nanoTime() - START) / TICK);
            Tracing.refresh();
        }
    }
}
