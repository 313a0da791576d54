package gofer.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Looks after the processors: takes them from goroutines that do not come back, and sends idle carriers to busy ones.
final class Monitor extends Thread {

    /// A goroutine that keeps its carrier longer than this while others wait loses the processor.
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(10);

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

    /// What it saw of a processor when something last moved there.
    private record Sight(Processor.Snapshot snapshot, long time) {}

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

    /// Whether an idle carrier was sent to help.
    private boolean look() {
        Processor[] processors = scheduler.processors;
        sights.keySet().retainAll(List.of(processors));
        boolean waiting = !scheduler.shared.isEmpty();
        boolean helpless = false;
        for (Processor p : processors) {
            waiting |= p.waiting() > 0;
        }
        long now = System.nanoTime();
        for (Processor p : processors) {
            Sight sight = sights.get(p);
            Processor.Snapshot snapshot = p.snapshot();
            helpless |= sight != null && p.waiting() > 0 && p.hasWaitedSince(sight.snapshot);
            if (sight == null || !snapshot.isRunning() || !sight.snapshot.isStill(snapshot.owner())) {
                sights.put(p, new Sight(snapshot, now));
            } else if (waiting && now - sight.time >= PATIENCE) {
                scheduler.takeOver(p, snapshot);
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
