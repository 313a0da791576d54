package gofer.runtime;

import gofer.goroutine.Goroutine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import jdk.internal.vm.ThreadContainer;
import jdk.internal.vm.ThreadContainers;
import org.jspecify.annotations.Nullable;

/// Finds out when all goroutines are asleep and nothing is left that could wake one, and when some wait for each other's
/// locks.
public final class DeadlockWatch extends Thread {

    /*
     * Goroutines are looked at one by one, while others may run. So all are looked at twice: if each is asleep both
     * times, and in the same wait, then between the two looks all were asleep at once, and nobody was left to wake
     * another.
     *
     * Nobody but: a timer; another thread, virtual or not; a shutdown hook or a handler of a signal; a finalizer, which the
     * JVM runs when it has collected something. If there is one of the first three, nothing is said; the last gets its
     * chance between the two looks.
     */

    /// How long it rests between two looks; longer, if a look takes its time.
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int REST = 50; // times as long as the look took

    /// Monitors of Java's and locks of java.util.concurrent are looked into at each of so many looks: once a second or less
    /// often. For those, everybody has to be looked at.
    private static final int EVERY = 10;

    private static final long CLEANING = TimeUnit.MILLISECONDS.toNanos(50);

    /// Threads of the JVM that run no code of the program's, but for finalizers. Others may: those of cleaners, or those that
    /// wait for a process and complete a future that somebody has hung a function on.
    private static final Set<String> QUIET =
            Set.of(
                    "Attach Listener",
                    "Common-Cleaner",
                    "Finalizer",
                    "MasterPoller",
                    "Notification Thread",
                    "Read-Poller",
                    "Reference Handler",
                    "Signal Dispatcher",
                    "VirtualThread-unblocker",
                    "VirtualThread-unparker",
                    "Write-Poller");

    /// How the names of our own threads begin.
    private static final String OURS = "gofer ";

    private static final String CALLS_BACK = "deadlock watch";

    /// What is done about what is found.
    public interface Report {

        /// All goroutines are asleep for ever. Called once.
        void allAsleep();

        /// Some wait for each other's locks. Called again when there are more. What it throws goes to the watch's
        /// uncaught-exception handler, unless memory is short: then it is called again.
        void waitForEachOther(Dump stuck);
    }

    private final @Nullable Thread caller;
    private final Report report;
    private final Set<Long> reported = new HashSet<>(); // ids of threads; used by this thread only
    private int looks; // likewise
    private volatile boolean stopped;

    /// What a goroutine waits in. Sleepers are used again: then the second number differs.
    private record Wait(Sleeper sleeper, int sleep) {}

    /// A watch that is yet to be started.
    ///
    /// @param caller a thread that wakes nobody: it does nothing but wait for the goroutines. Null if the report may wake some:
    ///     then for all other watches this one is a thread of the program's
    public DeadlockWatch(@Nullable Thread caller, Report report) {
        super(Scheduling.systemGroup(), null, caller == null ? CALLS_BACK : OURS + "deadlock watch", 0, false);
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
        while (!stopped) {
            LockSupport.parkNanos(this, pause);
            if (Leaked.isSearching()) {
                continue;
            }
            long start = System.nanoTime();
            try {
                if (Scheduling.isOurs() && nothingCanHappen()) {
                    report.allAsleep();
                    return;
                }
                lookForLockCycles();
            } catch (OutOfMemoryError full) {
                // there may be some at the next look
            }
            pause = Math.max(PAUSE, REST * (System.nanoTime() - start));
        }
    }

    void lookForLockCycles() {
        LockCycles cycles = LockCycles.search(looks++ % EVERY == 0);
        List<Long> ids = cycles.parties().stream().map(party -> party.thread().threadId()).toList();
        if (!reported.containsAll(ids)) {
            report(cycles.dump());
            reported.addAll(ids);
        }
    }

    private void report(Dump stuck) {
        try {
            report.waitForEachOther(stuck);
        } catch (OutOfMemoryError full) {
            throw full;
        } catch (Throwable thrown) { // by a callback of the program's
            getUncaughtExceptionHandler().uncaughtException(this, thrown);
        }
    }

    boolean nothingCanHappen() {
        List<Wait> before = waits();
        if (before == null) {
            return false;
        }
        System.gc();
        LockSupport.parkNanos(this, CLEANING);
        return before.equals(waits());
    }

    /// What all goroutines wait in; null if one does not, or if somebody could wake it.
    private @Nullable List<Wait> waits() {
        if (!Scheduling.isIdle() || Timers.isPending() || JdkHooks.programReactsToSignals() || othersLive()) {
            return null;
        }
        List<Wait> waits = new ArrayList<>();
        for (G g : Goroutines.inNoOrder()) {
            if (g.state() != Goroutine.State.WAITING
                    || !(g.sleeper() instanceof Sleeper sleeper)
                    || !sleeper.sleepsForEver()) {
                return null;
            }
            waits.add(new Wait(sleeper, sleeper.sleep()));
        }
        return waits.isEmpty() && Leaked.count() == 0 ? null : waits;
    }

    /// Whether there are threads that are neither goroutines nor known to wake none: of those that the JVM does not tell us
    /// about, too, there may be some.
    private boolean othersLive() {
        return !ThreadContainers.trackAllThreads()
                || platformThreads().anyMatch(this::mayWake)
                || hasVirtual(ThreadContainers.root());
    }

    private boolean mayWake(Thread thread) {
        return thread != caller
                && thread != this
                && !(isOfSystem(thread) && (QUIET.contains(thread.getName()) || thread.getName().startsWith(OURS)));
    }

    private static boolean isOfSystem(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group == null || group == Scheduling.systemGroup() || group.getName().equals("InnocuousThreadGroup");
    }

    private static Stream<Thread> platformThreads() {
        ThreadGroup all = Scheduling.systemGroup();
        Thread[] threads = new Thread[2 * all.activeCount() + 16]; // more than there are, though they may become more
        return Arrays.stream(threads, 0, all.enumerate(threads));
    }

    /// Executors and the like have containers of their own.
    private static boolean hasVirtual(ThreadContainer container) {
        return container != GoroutineContainer.INSTANCE
                        && container.threads().anyMatch(DeadlockWatch::isProgramsVirtual)
                || container.children().anyMatch(DeadlockWatch::hasVirtual);
    }

    /// The JDK waits for sockets in virtual threads; goroutines that wait for one do not sleep in ours.
    private static boolean isProgramsVirtual(Thread thread) {
        return thread.isVirtual() && !thread.getName().startsWith("SubPoller-");
    }
}
