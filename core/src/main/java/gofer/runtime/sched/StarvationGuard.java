package gofer.runtime.sched;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// On the JDK's scheduler, keeps goroutines that hand over to each other from starving all others. Our own scheduler does not
/// need it.
public final class StarvationGuard extends Thread {

    /*
     * When a virtual thread wakes another, the JDK puts that one into the queue of the waker's carrier. A thread that yields
     * goes there too. All other threads wait outside, at one of several entrances, until a carrier finds its own queue and
     * those of the others empty: threads that a timer or a platform thread wakes, and threads that have just been started.
     * While goroutines hand over to each other without a break, or yield, no queue ever runs empty; while they start
     * others, one entrance never does.
     *
     * So while goroutines do that, this thread sends a probe, a virtual thread, through an entrance from time to time. If
     * the probe does not come in, hand-offs pause: a goroutine that would be woken from then on is noted and left asleep,
     * and so is one that yields or is about to start another. The queues run empty, the carriers look outside, and the
     * probe comes in. It waits a moment for the threads at the other entrances and wakes all that were noted; it does so
     * from a carrier, so that they are inside.
     *
     * A pause lasts as long as more and more goroutines are noted: in a crowd, for a turn of each. Otherwise this thread
     * ends it: the carriers may be busy computing, or a goroutine that cannot leave its carrier may have been noted.
     */

    /// The time between two probes.
    private static final long REST = TimeUnit.MILLISECONDS.toNanos(10);

    /// The time that a probe has to come in before a pause begins, and the time that a pause lasts after the last goroutine
    /// was noted.
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(5);

    /// The rest after a look for which there was no memory: the collector has stopped all threads to find that out.
    private static final long SHORTAGE = TimeUnit.SECONDS.toNanos(1);

    /// In nanoseconds: long enough that a carrier has surely looked at all entrances.
    private static final long MOMENT = 50_000;

    /// The largest number of pauses for one probe, and the longest pause in units of the patience: the probe may be lost,
    /// because there was no memory to wake it.
    private static final int TRIES = 100;

    private static final Queue<Thread> NOTED = new ConcurrentLinkedQueue<>();

    private static volatile boolean paused;
    private static volatile boolean grows; // a goroutine was noted since this was last set to false
    private static volatile boolean
            busy; // a goroutine woke another, started one or yielded since this was last set to false
    private static volatile boolean dozes; // until `busy`

    private static final StarvationGuard INSTANCE = new StarvationGuard();

    static {
        try {
            INSTANCE.start();
        } catch (OutOfMemoryError noThread) {
            // then there are no pauses
        }
    }

    private StarvationGuard() {
        super(Scheduling.systemGroup(), null, "gofer starvation guard", 0, false);
        setDaemon(true);
    }

    /// Whether hand-offs pause. If so, `thread`, which is the caller or which the caller is about to wake, has to wait for the
    /// end of the pause and is unparked then.
    public static boolean putsOff(Thread thread) {
        if (!Thread.currentThread().isVirtual()) {
            return false; // a thread that is woken from outside waits outside
        }
        if (!busy) {
            busy = true;
            if (dozes) {
                LockSupport.unpark(INSTANCE);
            }
        }
        return paused && thread.isVirtual() && note(thread);
    }

    private static boolean note(Thread thread) {
        try {
            NOTED.add(thread);
        } catch (OutOfMemoryError full) {
            return false;
        }
        if (!grows) {
            grows = true;
        }
        if (!paused) {
            wakeNoted(); // the pause may have ended before this one was noted
        }
        return true;
    }

    /// Waits for the end of the pause, after [#putsOff] returned true for the current thread. It may return early.
    public static void await() {
        if (!Thread.interrupted()) {
            LockSupport.parkNanos(INSTANCE, TRIES * PATIENCE);
            return;
        }
        LockSupport.parkNanos(
                INSTANCE, 1); // consumes the permit that came with the interrupt, or with the end of the pause
        if (paused) {
            LockSupport.parkNanos(INSTANCE, PATIENCE);
        }
        Thread.currentThread().interrupt();
    }

    private static void resumeHandOffs() {
        paused = false;
        wakeNoted();
    }

    private static void wakeNoted() {
        for (Thread thread = NOTED.poll(); thread != null; thread = NOTED.poll()) {
            try {
                LockSupport.unpark(thread);
            } catch (RejectedExecutionException full) {
                // no memory for the queue of the pool: the JDK has lost this thread; the others are still woken
            }
        }
    }

    @Override
    public void run() {
        for (; ; ) {
            doze();
            await(REST, null);
            busy = false; // not before the rest, in which the carriers may be without a processor
            try {
                look();
            } catch (OutOfMemoryError | RejectedExecutionException full) {
                await(SHORTAGE, null);
            }
        }
    }

    /// Waits until `awaited`, if any, has come in, at most `nanos`.
    private void await(long nanos, @Nullable Probe awaited) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; !(awaited != null && awaited.in) && left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }

    private void doze() {
        dozes = true;
        while (!busy) {
            LockSupport.park(this);
        }
        dozes = false;
    }

    private void look() {
        var probe = new Probe();
        Thread.ofVirtual().name("gofer probe").start(probe);
        for (int i = 0; i < TRIES && !probe.comesIn(); i++) {
            paused = true;
            int times = 0;
            do {
                grows = false;
            } while (!probe.comesIn() && grows && ++times < TRIES);
            resumeHandOffs();
        }
    }

    private final class Probe implements Runnable {

        private volatile boolean in;

        @Override
        public void run() {
            if (paused) {
                LockSupport.parkNanos(this, MOMENT);
                resumeHandOffs();
            }
            in = true;
            LockSupport.unpark(StarvationGuard.this);
        }

        /// Waits for the probe, at most [#PATIENCE], and tells whether it has come in. Needs no memory.
        boolean comesIn() {
            await(PATIENCE, this);
            return in;
        }
    }
}
