package gofer.runtime.park;

import gofer.runtime.sched.Scheduling;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Tells the time to a quarter of a second for the price of reading a field: how long each goroutine has been waiting is
/// known though to ask the system at every wait would cost as much as a tenth of the wait.
public final class CoarseClock extends Thread {

    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long START = System.nanoTime();

    private static volatile int now; // written by its thread

    static {
        try {
            new CoarseClock().start();
        } catch (OutOfMemoryError noThread) {
            // then it stands still: all waits seem to be new, nothing is traced
        }
    }

    private CoarseClock() {
        super(Scheduling.systemGroup(), null, "gofer clock", 0, false);
        setDaemon(true);
    }

    /// The ticks since it was started.
    static int now() {
        return now;
    }

    /// How long ago it was `then`: a tick more or less.
    static Duration since(int then) {
        return Duration.ofNanos(Math.max(0, now - then) * TICK);
    }

    @Override
    public void run() {
        for (; ; ) {
            LockSupport.parkNanos(this, TICK);
            now = (int) ((System.nanoTime() - START) / TICK);
            Tracing.look();
        }
    }
}
