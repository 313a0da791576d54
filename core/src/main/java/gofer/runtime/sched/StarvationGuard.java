package gofer.runtime.sched;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A thread that, on the JDK's scheduler, keeps goroutines that hand over to each other from starving all others.
/// Gofer's scheduler does not need it.
public final class StarvationGuard extends Thread {

    /*
     * When a virtual thread wakes another, the JDK puts the latter into the queue of the waker's carrier. A thread that
     * yields goes there too. All other threads wait outside, in one of several submission queues, until a carrier finds
     * its own queue and those of the other carriers empty: threads that a timer or a platform thread wakes, and threads
     * that have just been started. While goroutines hand over to each other without a break, or yield, no carrier's
     * queue ever runs empty. While they start others, one submission queue never does.
     *
     * So while goroutines do this, the guard sends a probe, a virtual thread, through a submission queue from time to
     * time. If the probe does not get to run, hand-offs pause. A goroutine that would be woken during the pause is
     * recorded and left asleep, and so is one that yields or is about to start another. The queues run empty, the
     * carriers check the submission queues, and the probe runs. It waits a moment for the threads in the other
     * submission queues and then wakes all recorded goroutines. It does so from a carrier, so that they are queued
     * inside.
     *
     * A pause lasts as long as more goroutines are being recorded: with many goroutines, for a turn of each. Otherwise
     * the guard ends it: the carriers may be busy computing, or a goroutine that cannot leave its carrier may have been
     * recorded.
     */

    /// The time between two probes.
    private static final long REST = TimeUnit.MILLISECONDS.toNanos(10);

    /// The time in which a probe must have run; otherwise a pause begins. Also the time for which a pause continues
    /// after the last goroutine was recorded.
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(5);

    /// The pause after a check for which there was no memory. A failed allocation means that the collector has just
    /// stopped all threads.
    private static final long MEMORY_WAIT = TimeUnit.SECONDS.toNanos(1);

    /// In nanoseconds: long enough for a carrier to have checked all submission queues.
    private static final long SUBMISSION_CHECK = 50_000;

    /// The maximum number of pauses for one probe, and the longest pause in units of the patience. There is a maximum
    /// because the probe may be lost, if there was no memory to wake it.
    private static final int TRIES = 100;

    private static final Queue<Thread> DELAYED = new ConcurrentLinkedQueue<>();

    private static volatile boolean paused;
    private static volatile boolean delayedMore; // a goroutine was recorded since this was last set to false
    private static volatile boolean
            busy; // a goroutine woke or started another, or yielded, since this was last set to false
    private static volatile boolean dozing; // it waits until `busy`

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

    /// Returns whether hand-offs pause.
    static boolean isPaused() {
        return paused;
    }

    /// Returns whether hand-offs pause. If so, `thread` must wait for the end of the pause and is then unparked.
    /// `thread` is the caller, or a thread that the caller is about to wake.
    public static boolean delays(Thread thread) {
        if (!Thread.currentThread().isVirtual()) {
            return false; // a thread that is woken from outside is queued outside
        }
        if (!busy) {
            busy = true;
            if (dozing) {
                LockSupport.unpark(INSTANCE);
            }
        }
        return paused && thread.isVirtual() && delay(thread);
    }

    private static boolean delay(Thread thread) {
        try {
            DELAYED.add(thread);
        } catch (OutOfMemoryError full) {
            return false;
        }
        if (!delayedMore) {
            delayedMore = true;
        }
        if (!paused) {
            wakeDelayed(); // the pause may have ended before this thread was recorded
        }
        return true;
    }

    /// Waits for the end of the pause, after [#delays] returned true for the current thread. It may return early.
    public static void await() {
        if (!Thread.interrupted()) {
            LockSupport.parkNanos(INSTANCE, TRIES * PATIENCE);
            return;
        }
        // Consumes the permit that came with the interrupt, or with the end of the pause.
        LockSupport.parkNanos(INSTANCE, 1);
        if (paused) {
            LockSupport.parkNanos(INSTANCE, PATIENCE);
        }
        Thread.currentThread().interrupt();
    }

    private static void resumeHandOffs() {
        paused = false;
        wakeDelayed();
    }

    private static void wakeDelayed() {
        for (Thread thread = DELAYED.poll(); thread != null; thread = DELAYED.poll()) {
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
            waitFor(REST, null);
            busy = false; // only after the rest, during which the carriers may not have had a core
            try {
                sendProbe();
            } catch (OutOfMemoryError | RejectedExecutionException full) {
                waitFor(MEMORY_WAIT, null);
            }
        }
    }

    /// Waits until the probe `awaited`, if any, has run, for at most `nanos`.
    private void waitFor(long nanos, @Nullable Probe awaited) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; !(awaited != null && awaited.hasRun) && left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }

    private void doze() {
        dozing = true;
        while (!busy) {
            LockSupport.park(this);
        }
        dozing = false;
    }

    /// Sends a probe. While it does not run, makes pauses.
    private void sendProbe() {
        var probe = new Probe();
        Thread.ofVirtual().name("gofer probe").start(probe);
        for (int i = 0; i < TRIES && !probe.awaitRun(); i++) {
            paused = true;
            int times = 0;
            do {
                delayedMore = false;
            } while (!probe.awaitRun() && delayedMore && ++times < TRIES);
            resumeHandOffs();
        }
    }

    private final class Probe implements Runnable {

        private volatile boolean hasRun;

        @Override
        public void run() {
            if (paused) {
                LockSupport.parkNanos(this, SUBMISSION_CHECK);
                resumeHandOffs();
            }
            hasRun = true;
            LockSupport.unpark(StarvationGuard.this);
        }

        /// Waits for the probe for at most [#PATIENCE]. Returns whether it has run. Needs no memory.
        boolean awaitRun() {
            waitFor(PATIENCE, this);
            return hasRun;
        }
    }
}
