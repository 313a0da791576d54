package gofer.diagnostics;

import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.park.World;
import gofer.runtime.watch.DeadlockWatch;
import gofer.runtime.watch.Dump;
import gofer.runtime.watch.LockCycles;
import gofer.runtime.watch.WakeupSources;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Detection of deadlocks: goroutines and other threads that wait for each other's locks, or for their own, while the
/// rest of the program runs.
///
/// Covers [gofer.sync.Mutex] and [gofer.sync.RWMutex], including a reader that locks again while a writer waits. Also
/// covers a `gofer.group.Weighted` that is used as a lock: it has at most 64 permits, and they have been released ten
/// times or more, always by the goroutine that acquired them. A goroutine that waits with a context is not stuck. Locks
/// have no owner, so a lock that another goroutine would have unlocked counts as held by the goroutine that locked it.
///
/// Covers Java monitors (`synchronized`) and `java.util.concurrent` locks as well, alone and mixed with the above, if
/// the package `java.lang` is open to Gofer. Read locks of the JDK are not covered, since the JDK does not provide the
/// threads that hold them.
///
/// Under `Go.main` and the launcher, detection is on, and reports go to standard error.
@CheckReturnValue
public final class Deadlocks {

    private static final System.Logger LOG = System.getLogger("gofer.deadlocks");

    private Deadlocks() {}

    /// Returns the goroutines and threads that are stuck now, including those that wait behind such a cycle. Inspects
    /// every goroutine and thread. If JDK locks seem to be part of a cycle, takes some 20 milliseconds to inspect them
    /// repeatedly. Waits while a search for leaks is in progress.
    public static List<Stuck> find() {
        return Goroutines.inspect(() -> Stuck.of(LockCycles.find()));
    }

    /// Starts a watch that looks for deadlocks ten times a second, or less often if a search takes long. When it finds
    /// one, it logs a warning to the logger `gofer.deadlocks` and calls `callback` with the stuck goroutines, on a
    /// thread of its own. It does so again when more goroutines are stuck. An exception that leaves `callback` goes to
    /// the uncaught exception handler of that thread, and the watch continues.
    ///
    /// The watch also reports, once, that all goroutines are asleep and no timer or other thread can wake one. Few
    /// programs get there except under `Go.main`. Gofer can detect shutdown hooks and signal handlers, which could still
    /// wake one, only on its own scheduler. If there may be one, the warning says so. Closing the returned watch ends
    /// it.
    @CanIgnoreReturnValue
    public static Watch watch(Consumer<List<Stuck>> callback) {
        Objects.requireNonNull(callback, "callback");
        if (World.current() != null) {
            return () -> {}; // the world detects its own deadlocks
        }
        var watch = new DeadlockWatch(null, new Report(callback));
        watch.start();
        return watch::end;
    }

    /// A watch for deadlocks, which runs until it is closed.
    @FunctionalInterface
    public interface Watch extends AutoCloseable {

        /// Ends the watch.
        @Override
        void close();
    }

    private record Report(Consumer<List<Stuck>> callback) implements DeadlockWatch.Report {

        @Override
        public void allAsleep() {
            report("all goroutines are asleep - deadlock!", Dump.take());
        }

        @Override
        public void asleepUnless(String sources) {
            report(
                    "all goroutines are asleep - deadlock, unless "
                            + sources
                            + " wakes one!\n"
                            + WakeupSources.howToBeCertain(),
                    Dump.take());
        }

        @Override
        public void waitForEachOther(Dump stuck) {
            report("goroutines wait for each other's locks forever - deadlock!", stuck);
        }

        private void report(String headline, Dump dump) {
            List<Stuck> stuck = Stuck.of(dump);
            LOG.log(
                    System.Logger.Level.WARNING,
                    headline + stuck.stream().map(Stuck::text).collect(Collectors.joining("\n", "\n\n", "")));
            callback.accept(stuck);
        }
    }
}
