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

/// Finds goroutines, and threads that are none, that wait for each other's locks, or for their own, while others go on.
///
/// Locks are those of [gofer.sync.Mutex] and [gofer.sync.RWMutex], also where a reader reads again while a writer waits; and
/// a `gofer.group.Weighted` that is used as one: of at most 64 permits, which have been given back ten times or more, always
/// by who had taken them. Who waits with a context is not stuck. Since locks have no owner, one that somebody else was to unlock counts
/// as held by who locked it.
///
/// Monitors of Java's (`synchronized`) and locks of `java.util.concurrent` are looked into as well, alone and mixed with those,
/// where the package `java.lang` is open to Gofer; read locks are not, since the JDK does not tell who has them.
///
/// Under `Go.main` and the launcher all of this is on, and reported on standard error.
@CheckReturnValue
public final class Deadlocks {

    private static final System.Logger LOG = System.getLogger("gofer.deadlocks");

    private Deadlocks() {}

    /// Those that are stuck now, those included that wait behind such a cycle. Takes a look at every goroutine and thread. If
    /// locks of the JDK's seem to be part of a cycle it takes some 20 milliseconds, to look again and again. Waits while
    /// leaks are searched for.
    public static List<Stuck> find() {
        return Goroutines.look(() -> Stuck.of(LockCycles.find()));
    }

    /// Looks for deadlocks from now on, ten times a second or, if a look takes long, less often. When one is found, logs a
    /// warning to the logger `gofer.deadlocks` and calls `callback` with the goroutines that are stuck, on a thread of its
    /// own; again when there are more. What it throws goes to the uncaught-exception handler of that thread, and the watch
    /// goes on. Off until this is called.
    ///
    /// It also finds out, once, when all goroutines are asleep and no timer or other thread is left that could wake one; few
    /// programs but those under `Go.main` get there. Whether a shutdown hook or the handler of a signal could, is known on
    /// Gofer's scheduler only: where there may be one, the warning says so. Closing what it returns ends the watch.
    @CanIgnoreReturnValue
    public static Watch watch(Consumer<List<Stuck>> callback) {
        Objects.requireNonNull(callback, "callback");
        if (World.current() != null) {
            return () -> {}; // who runs that world finds out
        }
        var watch = new DeadlockWatch(null, new Report(callback));
        watch.start();
        return watch::end;
    }

    /// A search that goes on until it is closed.
    @FunctionalInterface
    public interface Watch extends AutoCloseable {

        /// Ends it.
        @Override
        void close();
    }

    private record Report(Consumer<List<Stuck>> callback) implements DeadlockWatch.Report {

        @Override
        public void allAsleep() {
            report("all goroutines are asleep - deadlock!", Dump.take());
        }

        @Override
        public void asleepUnless(String chances) {
            report(
                    "all goroutines are asleep - deadlock, unless "
                            + chances
                            + " wakes one!\n"
                            + WakeupSources.howToBeCertain(),
                    Dump.take());
        }

        @Override
        public void waitForEachOther(Dump stuck) {
            report("goroutines wait for each other's locks for ever - deadlock!", stuck);
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
