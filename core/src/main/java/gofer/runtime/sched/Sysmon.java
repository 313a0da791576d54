package gofer.runtime.sched;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The monitor thread: it takes processors from goroutines that do not give them up, and sends idle carriers to help
/// busy ones. Go's sysmon.
final class Sysmon extends Thread {

    /*
     * A goroutine occupies its carrier if it computes, or if it blocks the carrier in Java, in the JVM or in the
     * operating system. So does a goroutine whose carrier the operating system has preempted in favour of other
     * processes. Another carrier would not help that goroutine, and would let more goroutines run than there are
     * processors. So a carrier that has hardly run, and is not known to be blocked, gets more time before it counts as
     * stuck.
     *
     * A carrier counts as blocked if it is blocked at two consecutive checks and has not used CPU time between them. A
     * single check may find every carrier blocked, just after a pause of the garbage collector.
     *
     * Goroutines often block one after the other at the same place: hundreds need a class, and its initializer waits
     * for the last of them. So the patience shrinks each time a carrier is replaced that has hardly run, down to a
     * hundredth, and grows again while that does not happen.
     */

    /// A time slice. A goroutine that keeps its carrier longer than this while others wait loses the processor.
    /// Goroutines that hand over to each other for longer than this have to queue. Also the maximum of [#patience].
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(10);

    /// The minimum of [#patience]: about the time it takes to start a carrier.
    private static final long MIN_PATIENCE = TimeUnit.MICROSECONDS.toNanos(100);

    /// The minimum of [#patience] for a carrier of which it is not known whether it is blocked.
    private static final long MIN_PATIENCE_IF_UNKNOWN = TimeUnit.MILLISECONDS.toNanos(1);

    /// A carrier that may have been preempted is allowed this many times the patience.
    private static final int PREEMPTION_FACTOR = 10;

    /// The patience doubles after this multiple of itself.
    private static final int REGROWTH = 2 * PREEMPTION_FACTOR;

    /// A goroutine that has used less CPU time than this in its turn has hardly run.
    private static final long HARDLY_RUN = TimeUnit.MICROSECONDS.toNanos(500);

    /// The minimum and maximum pause between two checks while some carriers are busy and some are idle. While all are
    /// busy, or all are idle, the pause is the patience.
    private static final long MIN_PAUSE = TimeUnit.MICROSECONDS.toNanos(100);

    private static final long MAX_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

    /// The pause after a check for which there was no memory. A failed allocation means that the collector has just
    /// stopped all threads.
    private static final long MEMORY_WAIT = TimeUnit.SECONDS.toNanos(1);

    /// After this many checks that found only idle carriers, the monitor sleeps until a carrier is woken.
    private static final int IDLE_CHECKS = 100;

    private final GoScheduler scheduler;
    private final Map<Processor, Sample> samples = new HashMap<>();
    private volatile boolean dozing; // in a pause that notice() can end
    private int idleChecks;
    private long patience = PATIENCE; // how long a carrier may be blocked
    private long patienceSince = System.nanoTime();
    private boolean suspects; // the last check found a carrier that may be stuck; check again soon

    /// The observations of a processor.
    ///
    /// @param last the snapshot of the last check
    /// @param turnStart the time of the check that first saw the goroutine that was running at the last check
    /// @param cpuThen the CPU time that the owner had used at that check
    /// @param cpu the CPU time that it had used at the last check
    /// @param blocked whether the owner was blocked at the last check and had used no CPU time since the previous check
    /// @param sliceStart the time of the check that first saw the time slice that was running at the last check
    private record Sample(
            Processor.Snapshot last, long turnStart, long cpuThen, long cpu, boolean blocked, long sliceStart) {

        static Sample first(Processor.Snapshot snapshot, long now) {
            long cpu = cpu(snapshot);
            return new Sample(snapshot, now, cpu, cpu, false, now);
        }

        /// @param waiting whether a goroutine waits for a processor; otherwise it does not matter whether the owner is
        ///     blocked
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

        /// Returns whether the owner may be stuck, which the next check will decide.
        boolean isSuspect(long patience, long now) {
            return blocked && now - turnStart >= patience;
        }

        /// Returns whether the owner is still in the same turn and will not return soon.
        ///
        /// @param before the sample of the previous check
        boolean isStuck(Sample before, long patience, long now) {
            long time = now - turnStart;
            return last.isRunning()
                    && last.owner() instanceof Carrier owner
                    && (before.blocked && isSuspect(patience, now)
                            || time >= PATIENCE && cpu - cpuThen >= PATIENCE / 2
                            || time
                                    >= PREEMPTION_FACTOR
                                            * (owner.canDetectBlocking()
                                                    ? PATIENCE
                                                    : Math.max(patience, MIN_PATIENCE_IF_UNKNOWN)));
        }

        boolean hasHardlyRun() {
            return cpu - cpuThen < HARDLY_RUN;
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

    /// Called when a carrier was woken or became idle.
    void notice() {
        if (dozing) {
            dozing = false;
            LockSupport.unpark(this);
        }
    }

    @Override
    public void run() {
        long pause = MIN_PAUSE;
        for (; ; ) {
            int parked = scheduler.idle.parked();
            if (parked > 0 && parked < scheduler.processors.length) {
                idleChecks = 0;
                LockSupport.parkNanos(this, suspects ? MIN_PAUSE : pause);
                pause = check() ? MIN_PAUSE : Math.min(2 * pause, MAX_PAUSE);
            } else {
                idleChecks = parked == 0 ? 0 : idleChecks + 1;
                pause = MIN_PAUSE;
                doze(parked);
                check();
            }
        }
    }

    private void doze(int parked) {
        dozing = true;
        if (scheduler.idle.parked() == parked) { // a thread that changes the number from now on sees `dozing`
            if (idleChecks < IDLE_CHECKS) {
                LockSupport.parkNanos(this, suspects ? MIN_PAUSE : patience);
            } else {
                LockSupport.park(this);
                idleChecks = 0;
            }
        }
        dozing = false;
    }

    /// Checks all processors. Returns whether an idle carrier was sent to help. If there is no memory for that,
    /// pauses.
    private boolean check() {
        try {
            return checkAll();
        } catch (OutOfMemoryError full) {
            LockSupport.parkNanos(this, MEMORY_WAIT);
            return false;
        }
    }

    private boolean checkAll() {
        Processor[] processors = scheduler.processors;
        samples.keySet().retainAll(List.of(processors));
        boolean waiting = !scheduler.shared.isEmpty();
        for (Processor p : processors) {
            waiting |= p.waiting() > 0;
        }
        boolean needsHelp = false;
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
            needsHelp |= p.waiting() > 0 && p.hasWaitedSince(before.last);
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
        scheduler.idle.allowHelp();
        if (needsHelp) {
            scheduler.idle.wake();
        }
        return needsHelp;
    }

    private void setPatience(long nanos, long now) {
        patience = Math.clamp(nanos, MIN_PATIENCE, PATIENCE);
        patienceSince = now;
    }
}
