package gofer.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Looks after the processors: takes them from goroutines that do not come back, and sends idle carriers to busy ones.
final class Monitor extends Thread {

    /*
     * A goroutine keeps its carrier if it computes, or blocks the carrier in the JVM or in the operating system. So does one
     * whose carrier the operating system has put aside for other processes: to bring in another carrier would not help
     * that one, and would let more goroutines run than there are processors. Java cannot tell that from a call that
     * blocks in the operating system. So a carrier that has hardly run gets more time before it counts as stuck.
     */

    /// A slice of time. A goroutine that keeps its carrier longer than this while others wait loses the processor; those
    /// that hand over to each other for longer have to queue.
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(10);

    /// The same for one whose carrier seems to be ready to run, but has run for less than half a slice.
    private static final long LONG_PATIENCE = 10 * PATIENCE;

    /// How long the pause between two looks is when all carriers are busy, or all idle.
    private static final long LONG_PAUSE = PATIENCE;

    /// How long it is at least, and at most, when some are busy and some idle.
    private static final long SHORT_PAUSE = TimeUnit.MICROSECONDS.toNanos(100);

    private static final long LONGER_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

    /// After so many looks at nothing but idle carriers it looks no more until one is woken.
    private static final int IDLE_LOOKS = 100;

    private final GoScheduler scheduler;
    private final Map<Processor, Sight> sights = new HashMap<>();
    private volatile boolean dozes; // in a long pause, or longer
    private int idleLooks;

    /// What it has seen of a processor.
    ///
    /// @param last at the last look
    /// @param turnStart of the look that first saw the goroutine that was running then
    /// @param cpu what the owner had used of its core at that look
    /// @param sliceStart of the look that first saw the slice of time that was running then
    private record Sight(Processor.Snapshot last, long turnStart, long cpu, long sliceStart) {

        Sight(Processor.Snapshot first, long now) {
            this(first, now, cpu(first), now);
        }

        Sight next(Processor.Snapshot snapshot, long now) {
            boolean same = last.isSameTurn(snapshot);
            return new Sight(
                    snapshot,
                    same ? turnStart : now,
                    same ? cpu : cpu(snapshot),
                    last.slices() == snapshot.slices() ? sliceStart : now);
        }

        /// Whether the owner is still where it was when the turn began, and will not come back soon.
        boolean isStuck(long now) {
            long time = now - turnStart;
            return last.owner() instanceof Carrier owner
                    && last.isRunning()
                    && time >= PATIENCE
                    && (time >= LONG_PATIENCE || owner.getState() != State.RUNNABLE || cpu(last) - cpu >= PATIENCE / 2);
        }

        private static long cpu(Processor.Snapshot snapshot) {
            return snapshot.owner() instanceof Carrier owner && snapshot.isRunning() ? owner.cpuTime() : 0;
        }
    }

    Monitor(GoScheduler scheduler, ThreadGroup group) {
        super(group, null, "gofer monitor", 0, false);
        this.scheduler = scheduler;
        setDaemon(true);
        setContextClassLoader(ClassLoader.getSystemClassLoader());
    }

    /// Says that a carrier was woken, or fell idle.
    void notice() {
        if (dozes) {
            dozes = false;
            LockSupport.unpark(this);
        }
    }

    @Override
    public void run() {
        long pause = SHORT_PAUSE;
        for (; ; ) {
            int parked = scheduler.idle.parked();
            if (parked > 0 && parked < scheduler.processors.length) {
                idleLooks = 0;
                LockSupport.parkNanos(this, pause);
                pause = look() ? SHORT_PAUSE : Math.min(2 * pause, LONGER_PAUSE);
            } else {
                idleLooks = parked == 0 ? 0 : idleLooks + 1;
                pause = SHORT_PAUSE;
                doze(parked);
                look();
            }
        }
    }

    private void doze(int parked) {
        dozes = true;
        if (scheduler.idle.parked() == parked) { // who changes that from now on sees that it dozes
            if (idleLooks < IDLE_LOOKS) {
                LockSupport.parkNanos(this, LONG_PAUSE);
            } else {
                LockSupport.park(this);
                idleLooks = 0;
            }
        }
        dozes = false;
    }

    /// Whether an idle carrier was sent to help. If there is no memory to look with, there may be some next time.
    private boolean look() {
        try {
            return lookAtAll();
        } catch (OutOfMemoryError full) {
            return false;
        }
    }

    private boolean lookAtAll() {
        Processor[] processors = scheduler.processors;
        sights.keySet().retainAll(List.of(processors));
        boolean waiting = !scheduler.shared.isEmpty();
        for (Processor p : processors) {
            waiting |= p.waiting() > 0;
        }
        boolean helpless = false;
        long now = System.nanoTime();
        for (Processor p : processors) {
            Sight sight = sights.get(p);
            Processor.Snapshot snapshot = p.snapshot();
            helpless |= sight != null && p.waiting() > 0 && p.hasWaitedSince(sight.last);
            sights.put(p, sight == null ? new Sight(snapshot, now) : sight.next(snapshot, now));
            if (sight != null && now - sight.sliceStart >= PATIENCE) {
                p.endSlice(sight.last);
            }
            if (sight != null && waiting && sight.isStuck(now)) {
                scheduler.takeOver(p, sight.last);
            }
        }
        if (scheduler.idle.parked() == 0) {
            return false;
        }
        scheduler.idle.encourage();
        if (helpless) {
            scheduler.idle.wake();
        }
        return helpless;
    }
}
