package gofer.runtime.watch;

import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.goroutine.Party;
import gofer.runtime.sched.Scheduling;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A thread that detects two kinds of deadlock: all goroutines are asleep and nothing can wake one, or goroutines wait
/// for each other's locks.
public final class DeadlockWatch extends Thread {

    /// The pause between two searches. It is longer if searches take long.
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    /// The pause is this many times the shorter of the last two searches, because the first searches load classes.
    private static final int PAUSE_FACTOR = 50;

    /// The pause between two full searches, which inspect all threads because of Java monitors and java.util.concurrent
    /// locks. It is longer if they take long.
    private static final long FULL_PAUSE = TimeUnit.SECONDS.toNanos(1);

    private static final String NAME = "deadlock watch";

    /// Receives the findings of the watch.
    public interface Report {

        /// All goroutines are asleep, and nothing can wake one. Called once.
        void allAsleep();

        /// All goroutines are asleep, and only `sources` could wake one; whether they will is not known. Called once.
        void asleepUnless(String sources);

        /// Some goroutines wait for each other's locks. Called again when there are more. An exception that leaves this
        /// method goes to the uncaught exception handler of the watch. After an [OutOfMemoryError] the method is called
        /// again.
        void waitForEachOther(Dump stuck);
    }

    private final @Nullable Thread caller;
    private final Report report;
    private final Set<Long> reported =
            new HashSet<>(); // ids of threads; used by this thread only, like the next three fields
    private boolean warned; // asleepUnless has been called
    private long nextFull = System.nanoTime(); // time of the next full search
    private long fullCost; // duration of the full search since the last pause
    private volatile boolean stopped;

    /// Creates a watch, without starting it.
    ///
    /// @param caller a thread that only waits for the goroutines and wakes none. Null if the report may wake some: then
    ///     other watches treat this watch as a thread of the program
    public DeadlockWatch(@Nullable Thread caller, Report report) {
        super(Scheduling.systemGroup(), null, caller == null ? NAME : ExternalThreads.OURS + NAME, 0, false);
        this.caller = caller;
        this.report = report;
        setDaemon(true);
    }

    /// Ends the watch, at once or after the report in progress.
    public void end() {
        stopped = true;
        LockSupport.unpark(this);
    }

    @Override
    public void run() {
        long pause = PAUSE;
        long before = 0;
        var sources = new WakeupSources(caller);
        while (!stopped) {
            LockSupport.parkNanos(this, pause);
            long start = System.nanoTime();
            fullCost = 0;
            try {
                if (checkForStandstill(sources)) {
                    return;
                }
                checkForLockCycles();
            } catch (OutOfMemoryError full) {
                // memory may be available at the next search
            }
            long cost = System.nanoTime() - start - sources.takePauseTime() - fullCost;
            pause = Math.max(PAUSE, PAUSE_FACTOR * Math.min(cost, before));
            before = cost;
        }
    }

    /// Reports if all goroutines are asleep. Returns whether the watch has to end, because nothing can wake one.
    private boolean checkForStandstill(WakeupSources sources) {
        Set<String> uncertain = warned ? null : Goroutines.tryInspect(sources::findUncertain);
        if (uncertain == null) {
            return false;
        }
        if (uncertain.isEmpty()) {
            report.allAsleep();
            return true;
        }
        warned = true;
        report(() -> report.asleepUnless(String.join(", or ", uncertain)));
        return false;
    }

    void checkForLockCycles() {
        Cycles cycles = Goroutines.tryInspect(this::newCycles);
        if (cycles != null) {
            report(() -> report.waitForEachOther(cycles.stuck));
            reported.addAll(cycles.ids);
        }
    }

    /// Threads that wait for each other.
    ///
    /// @param ids the ids of the threads
    private record Cycles(List<Long> ids, Dump stuck) {}

    /// Returns the threads that are stuck; null if all of them have been reported.
    private @Nullable Cycles newCycles() {
        long start = System.nanoTime();
        boolean full = start - nextFull >= 0;
        LockCycles cycles = LockCycles.search(full);
        if (full) {
            long end = System.nanoTime();
            fullCost = end - start;
            nextFull = end + Math.max(FULL_PAUSE, PAUSE_FACTOR * fullCost);
        }
        List<Long> ids =
                cycles.parties().stream()
                        .map(Party::startedThread)
                        .filter(Objects::nonNull)
                        .map(Thread::threadId)
                        .toList();
        return reported.containsAll(ids) ? null : new Cycles(ids, cycles.dump());
    }

    private void report(Runnable call) {
        try {
            call.run();
        } catch (OutOfMemoryError full) {
            throw full;
        } catch (Throwable thrown) { // by a callback of the program
            getUncaughtExceptionHandler().uncaughtException(this, thrown);
        }
    }
}
