package gofer.runtime.sched;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Sees to it that on the JDK's scheduler nobody is kept out for ever. Our own scheduler needs none of this.
public final class Lookout extends Thread {

    /*
     * A thread that a virtual thread wakes goes into the queue of that one's carrier, and so does one that yields. Who is
     * woken by a timer or by a platform thread, and who has just been started, waits outside, at one of several
     * entrances, until a carrier finds its own queue and those of the others empty. While goroutines hand over to each
     * other without a pause, or yield, no queue ever runs empty; while they start others, one entrance never does.
     *
     * So while goroutines do that, this thread sends a scout, a virtual thread, through an entrance at times. If that does
     * not come in, there is a lull: whom a goroutine wakes from then on is noted and left asleep, and so is who yields
     * or is about to start another. The queues run empty, the carriers look outside, the scout comes in, waits a moment
     * for those at the other entrances, and wakes all that were noted; from a carrier, so that they are inside.
     *
     * A lull lasts as long as more and more are noted, in a crowd for a turn of each. Otherwise it is ended from here: the
     * carriers may be busy computing, or a goroutine that cannot leave its carrier may have been noted.
     */

    /// The time between two scouts.
    private static final long REST = TimeUnit.MILLISECONDS.toNanos(10);

    /// The time that a scout has to come in before there is a lull, and the time that a lull lasts after the last was noted.
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(5);

    /// The rest after a look for which there was no memory: the collector has stopped all threads to find that out.
    private static final long SHORTAGE = TimeUnit.SECONDS.toNanos(1);

    /// In nanoseconds: long enough that a carrier has surely looked at all entrances.
    private static final long MOMENT = 50_000;

    /// After so many lulls in which a scout did not come in, or times its patience in one lull, it may have been lost: there
    /// may have been no memory to wake it.
    private static final int TRIES = 100;

    private static final Queue<Thread> NOTED = new ConcurrentLinkedQueue<>();

    private static volatile boolean lull;
    private static volatile boolean grows; // somebody was noted since this was last false
    private static volatile boolean busy; // a goroutine has woken another, started one or yielded, likewise
    private static volatile boolean dozes; // until `busy`

    private static final Lookout INSTANCE = new Lookout();

    static {
        try {
            INSTANCE.start();
        } catch (OutOfMemoryError noThread) {
            // then there are no lulls
        }
    }

    private Lookout() {
        super(Scheduling.systemGroup(), null, "gofer lookout", 0, false);
        setDaemon(true);
    }

    /// Whether `thread`, which the caller is about to make ready, or which is the caller, is to wait for the end of a lull, and
    /// will be unparked then.
    public static boolean putsOff(Thread thread) {
        if (!Thread.currentThread().isVirtual()) {
            return false; // who is woken from outside is outside
        }
        if (!busy) {
            busy = true;
            if (dozes) {
                LockSupport.unpark(INSTANCE);
            }
        }
        return lull && thread.isVirtual() && note(thread);
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
        if (!lull) {
            wakeNoted(); // the lull may have ended before this one was noted
        }
        return true;
    }

    /// Waits, as one who was put off, for the end of the lull; it may return early.
    public static void await() {
        if (!Thread.interrupted()) {
            LockSupport.parkNanos(INSTANCE, TRIES * PATIENCE);
            return;
        }
        LockSupport.parkNanos(
                INSTANCE, 1); // takes the permit that came with the interrupt, or with the end of the lull
        if (lull) {
            LockSupport.parkNanos(INSTANCE, PATIENCE);
        }
        Thread.currentThread().interrupt();
    }

    private static void endLull() {
        lull = false;
        wakeNoted();
    }

    private static void wakeNoted() {
        for (Thread thread = NOTED.poll(); thread != null; thread = NOTED.poll()) {
            try {
                LockSupport.unpark(thread);
            } catch (RejectedExecutionException full) {
                // no memory for the pool's queue: the JDK has lost this one, but the others must not be
            }
        }
    }

    @Override
    public void run() {
        for (; ; ) {
            doze();
            pause(REST, null);
            busy = false; // not before the rest: in that the carriers may be without a processor
            try {
                look();
            } catch (OutOfMemoryError | RejectedExecutionException full) {
                pause(SHORTAGE, null);
            }
        }
    }

    /// Until `awaited`, if any, has come in, but not longer than `nanos`.
    private void pause(long nanos, @Nullable Scout awaited) {
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
        var scout = new Scout();
        Thread.ofVirtual().name("gofer scout").start(scout);
        for (int i = 0; i < TRIES && !scout.comesIn(); i++) {
            lull = true;
            int times = 0;
            do {
                grows = false;
            } while (!scout.comesIn() && grows && ++times < TRIES);
            endLull();
        }
    }

    private final class Scout implements Runnable {

        private volatile boolean in;

        @Override
        public void run() {
            if (lull) {
                LockSupport.parkNanos(this, MOMENT);
                endLull();
            }
            in = true;
            LockSupport.unpark(Lookout.this);
        }

        /// Waits for it, but not longer than is patient; needs no memory.
        boolean comesIn() {
            pause(PATIENCE, this);
            return in;
        }
    }
}
