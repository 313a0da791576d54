package gofer.runtime.sched;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Looks after the processors: takes them from goroutines that do not come back, and sends idle carriers to busy ones.
final class Sysmon extends Thread {

    /*
     * A goroutine keeps its carrier if it computes, or blocks the carrier in Java, in the JVM or in the operating system. So
     * does one whose carrier the operating system has put aside for other processes: to bring in another carrier would not
     * help that one, and would let more goroutines run than there are processors. A carrier that has hardly run, and is not
     * known to be blocked, gets more time before it counts as stuck.
     *
     * A carrier counts as blocked if it is at two looks, and has not used its core between them: one look alone may find
     * every carrier blocked, just after a pause of the garbage collector.
     *
     * Goroutines often block one after the other in the same place: hundreds need a class, and its initialiser waits for the
     * last of them. So the patience shrinks each time that a carrier is replaced which had hardly run, to a hundredth,
     * and grows again while that does not happen.
     */

    /// A slice of time. A goroutine that keeps its carrier longer than this while others wait loses the processor; those
    /// that hand over to each other for longer have to queue. Also the most that [#patience] can be.
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(10);

    /// The least that [#patience] can be: about what it takes to start a carrier.
    private static final long LEAST_PATIENCE = TimeUnit.MICROSECONDS.toNanos(100);

    /// The least that counts for a carrier of which it is not known whether it is blocked.
    private static final long UNSURE = TimeUnit.MILLISECONDS.toNanos(1);

    /// So many times the patience goes to a carrier that may have been put aside.
    private static final int LONG = 10;

    /// The patience grows again after so many times itself.
    private static final int REGROWTH = 2 * LONG;

    /// Who has used less of its core than this in its turn has hardly run.
    private static final long HARDLY = TimeUnit.MICROSECONDS.toNanos(500);

    /// How long the pause between two looks is at least, and at most, when some carriers are busy and some idle. When all are busy,
    /// or all idle, it is the patience.
    private static final long SHORT_PAUSE = TimeUnit.MICROSECONDS.toNanos(100);

    private static final long LONGER_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

    /// The rest after a look for which there was no memory: the collector has stopped all threads to find that out.
    private static final long SHORTAGE = TimeUnit.SECONDS.toNanos(1);

    /// After so many looks at nothing but idle carriers it looks no more until one is woken.
    private static final int IDLE_LOOKS = 100;

    private final GoScheduler scheduler;
    private final Map<Processor, Sample> samples = new HashMap<>();
    private volatile boolean dozes; // in a long pause, or longer
    private int idleLooks;
    private long patience = PATIENCE; // how long a carrier may be blocked
    private long patienceSince = System.nanoTime();
    private boolean suspects; // the last look found a carrier that may be stuck, to be looked at again soon

    /// What it has seen of a processor.
    ///
    /// @param last at the last look
    /// @param turnStart of the look that first saw the goroutine that was running then
    /// @param cpuThen what the owner had used of its core at that look
    /// @param cpu and at the last one
    /// @param blocked whether the owner was blocked at the last look, and had not used its core since the one before
    /// @param sliceStart of the look that first saw the slice of time that was running then
    private record Sample(
            Processor.Snapshot last, long turnStart, long cpuThen, long cpu, boolean blocked, long sliceStart) {

        static Sample first(Processor.Snapshot snapshot, long now) {
            long cpu = cpu(snapshot);
            return new Sample(snapshot, now, cpu, cpu, false, now);
        }

        /// @param waiting whether anybody waits for a processor: else it does not matter whether the owner is blocked
        Sample next(Processor.Snapshot snapshot, boolean waiting, long now) {
            boolean same = last.isSameTurn(snapshot);
            long cpu = cpu(snapshot);
            boolean still = same && cpu == this.cpu && snapshot.isRunning();
            return new Sample(
                    snapshot,
                    same ? turnStart : now,
                    same ? cpuThen : cpu,
                    cpu,
                    waiting && still && snapshot.owner() instanceof Carrier owner && owner.isBlocked(),
                    last.slices() == snapshot.slices() ? sliceStart : now);
        }

        /// Whether the owner may be stuck: the next look will tell.
        boolean isSuspect(long patience, long now) {
            return blocked && now - turnStart >= patience;
        }

        /// Whether the owner is still where it was when the turn began, and will not come back soon.
        ///
        /// @param before the look before
        boolean isStuck(Sample before, long patience, long now) {
            long time = now - turnStart;
            return last.isRunning()
                    && last.owner() instanceof Carrier owner
                    && (before.blocked && isSuspect(patience, now)
                            || time >= PATIENCE && cpu - cpuThen >= PATIENCE / 2
                            || time >= LONG * (owner.tellsIfBlocked() ? PATIENCE : Math.max(patience, UNSURE)));
        }

        boolean hasHardlyRun() {
            return cpu - cpuThen < HARDLY;
        }

        private static long cpu(Processor.Snapshot snapshot) {
            return snapshot.owner() instanceof Carrier owner && snapshot.isRunning() ? owner.cpuTime() : 0;
        }
    }

    Sysmon(GoScheduler scheduler, ThreadGroup group) {
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
                LockSupport.parkNanos(this, suspects ? SHORT_PAUSE : pause);
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
                LockSupport.parkNanos(this, suspects ? SHORT_PAUSE : patience);
            } else {
                LockSupport.park(this);
                idleLooks = 0;
            }
        }
        dozes = false;
    }

    /// Whether an idle carrier was sent to help. If there is no memory to look with, there may be some after a rest.
    private boolean look() {
        try {
            return lookAtAll();
        } catch (OutOfMemoryError full) {
            LockSupport.parkNanos(this, SHORTAGE);
            return false;
        }
    }

    private boolean lookAtAll() {
        Processor[] processors = scheduler.processors;
        samples.keySet().retainAll(List.of(processors));
        boolean waiting = !scheduler.shared.isEmpty();
        for (Processor p : processors) {
            waiting |= p.waiting() > 0;
        }
        boolean helpless = false;
        suspects = false;
        long now = System.nanoTime();
        if (patience < PATIENCE && now - patienceSince >= REGROWTH * patience) {
            setPatience(2 * patience, now);
        }
        for (Processor p : processors) {
            Sample before = samples.get(p);
            Processor.Snapshot snapshot = p.snapshot();
            if (before == null) {
                samples.put(p, Sample.first(snapshot, now));
                continue;
            }
            helpless |= p.waiting() > 0 && p.hasWaitedSince(before.last);
            Sample sample = before.next(snapshot, waiting, now);
            samples.put(p, sample);
            if (now - before.sliceStart >= PATIENCE) {
                p.endSlice(before.last);
            }
            if (waiting && sample.isStuck(before, patience, now)) {
                scheduler.takeOver(p, sample.last);
                if (sample.hasHardlyRun()) {
                    setPatience(patience / 2, now);
                }
            } else {
                suspects |= waiting && sample.isSuspect(patience, now);
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

    private void setPatience(long nanos, long now) {
        patience = Math.clamp(nanos, LEAST_PATIENCE, PATIENCE);
        patienceSince = now;
    }
}
