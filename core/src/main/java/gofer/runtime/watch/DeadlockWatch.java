package gofer.runtime.watch;

import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.sched.Scheduling;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Finds out when all goroutines are asleep and nothing is left that could wake one, and when some wait for each other's
/// locks.
public final class DeadlockWatch extends Thread {

    /// How long it rests between two looks; longer, if looks take their time.
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int REST =
            50; // times as long as the shorter of the last two looks: the first ones load classes

    /// How long it is at least until everybody is looked at again, for the sake of monitors of Java's and locks of
    /// java.util.concurrent; longer, if that takes its time.
    private static final long FULL_PAUSE = TimeUnit.SECONDS.toNanos(1);

    private static final String CALLS_BACK = "deadlock watch";

    /// What is done about what is found.
    public interface Report {

        /// All goroutines are asleep for ever. Called once.
        void allAsleep();

        /// All goroutines are asleep, and only `chances` could wake one: it is not known whether they will. Called once.
        void asleepUnless(String chances);

        /// Some wait for each other's locks. Called again when there are more. What it throws goes to the watch's
        /// uncaught-exception handler, unless memory is short: then it is called again.
        void waitForEachOther(Dump stuck);
    }

    private final @Nullable Thread caller;
    private final Report report;
    private final Set<Long> reported = new HashSet<>(); // ids of threads; as the next ones, used by this thread only
    private boolean warned; // of goroutines that only a signal could wake
    private long nextFull = System.nanoTime(); // when everybody is looked at
    private long fullCost; // how long that took, since the last pause
    private volatile boolean stopped;

    /// A watch that is yet to be started.
    ///
    /// @param caller a thread that wakes nobody: it does nothing but wait for the goroutines. Null if the report may wake some:
    ///     then for all other watches this one is a thread of the program's
    public DeadlockWatch(@Nullable Thread caller, Report report) {
        super(
                Scheduling.systemGroup(),
                null,
                caller == null ? CALLS_BACK : ExternalThreads.OURS + CALLS_BACK,
                0,
                false);
        this.caller = caller;
        this.report = report;
        setDaemon(true);
    }

    /// Ends the watch, at once or after what it is about to report.
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
                if (lookForTheEnd(sources)) {
                    return;
                }
                lookForLockCycles();
            } catch (OutOfMemoryError full) {
                // there may be some at the next look
            }
            long cost = System.nanoTime() - start - sources.takeNapped() - fullCost;
            pause = Math.max(PAUSE, REST * Math.min(cost, before));
            before = cost;
        }
    }

    /// Whether it has come, and been reported.
    private boolean lookForTheEnd(WakeupSources sources) {
        Set<String> chances = warned ? null : Goroutines.lookUnlessSearched(sources::chances);
        if (chances == null) {
            return false;
        }
        if (chances.isEmpty()) {
            report.allAsleep();
            return true;
        }
        warned = true;
        report(() -> report.asleepUnless(String.join(", or ", chances)));
        return false;
    }

    void lookForLockCycles() {
        Cycles cycles = Goroutines.lookUnlessSearched(this::newCycles);
        if (cycles != null) {
            report(() -> report.waitForEachOther(cycles.stuck));
            reported.addAll(cycles.ids);
        }
    }

    /// Those that wait for each other.
    ///
    /// @param ids of their threads
    private record Cycles(List<Long> ids, Dump stuck) {}

    /// Null if all that do have been reported.
    private @Nullable Cycles newCycles() {
        long start = System.nanoTime();
        boolean full = start - nextFull >= 0;
        LockCycles cycles = LockCycles.search(full);
        if (full) {
            long end = System.nanoTime();
            fullCost = end - start;
            nextFull = end + Math.max(FULL_PAUSE, REST * fullCost);
        }
        List<Long> ids = cycles.parties().stream().map(party -> party.thread().threadId()).toList();
        return reported.containsAll(ids) ? null : new Cycles(ids, cycles.dump());
    }

    private void report(Runnable call) {
        try {
            call.run();
        } catch (OutOfMemoryError full) {
            throw full;
        } catch (Throwable thrown) { // by a callback of the program's
            getUncaughtExceptionHandler().uncaughtException(this, thrown);
        }
    }
}
