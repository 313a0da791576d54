package gofer.runtime.watch;

import gofer.goroutine.Goroutine;
import gofer.runtime.goroutine.G;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.park.Sleeper;
import gofer.runtime.park.Timers;
import gofer.runtime.sched.Scheduling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/// What all threads were seen to wait in, when none was seen that could wake another. If two looks are equal, then between
/// them all were asleep at once.
///
/// @param turns how often a goroutine had been run by then
/// @param waits what each waits in
record Standstill(long turns, List<Object> waits) {

    /*
     * Threads are looked at one by one, while others may run. So all are looked at twice, and each wait has a number: our own
     * sleepers count their sleeps, platform threads their waits, and for goroutines in waits of the JDK's the scheduler counts
     * turns. If all numbers are the same both times, nobody has run between the end of the first look and the start of the
     * second. Then nobody was left to wake another.
     */

    /// Where the JDK waits for what comes from outside.
    private static final List<String> INPUT =
            List.of("sun.nio.", "java.net.", "java.io.", "jdk.internal.net.", "sun.security.");

    private static volatile @Nullable ForkJoinPool jdkPool; // has no thread any more after some time without work

    /// A look at all that could run; null if something could happen.
    ///
    /// @param known threads that wake nobody
    /// @param chances to which those are added of which it cannot be known
    static @Nullable Standstill look(Set<Thread> known, Set<String> chances) {
        long turns = countTurns();
        if (turns < 0 || Timers.isPending()) {
            return null;
        }
        List<Object> waits = new ArrayList<>();
        for (G g : Goroutines.inNoOrder()) {
            Object wait = wait(g);
            if (wait == null) {
                return null;
            }
            waits.add(wait);
        }
        List<Object> others = ExternalThreads.look(known, chances);
        List<Object> virtual = Scheduling.isOurs() ? PlainVirtualThreads.look() : List.of();
        if (others == null || virtual == null || Goroutines.isAnyWaitingToLook() || countTurns() != turns) {
            return null;
        }
        waits.addAll(others);
        waits.addAll(virtual);
        return new Standstill(turns, waits);
    }

    /// How often a goroutine has been run; -1 if one runs or is about to, or if that is not known.
    private static long countTurns() {
        if (Scheduling.isOurs()) {
            return Scheduling.isIdle() ? Scheduling.stats().turns() : -1;
        }
        ForkJoinPool pool = jdkPool;
        if (pool == null) {
            pool = ExternalThreads.virtualThreadsPool();
            jdkPool = pool;
        }
        return pool != null && pool.isQuiescent() && !pool.hasQueuedSubmissions() ? pool.getStealCount() : -1;
    }

    /// What `g` waits in without a deadline; null if it does not.
    private static @Nullable Object wait(G g) {
        if (g.stateNow() != Goroutine.State.WAITING) {
            return null;
        }
        if (g.sleeper() instanceof Sleeper sleeper) {
            return sleeper.sleepsForEver() ? new SleepingWait(sleeper, sleeper.sleep()) : null;
        }
        return switch (g.thread().getState()) {
            case BLOCKED -> g;
            case WAITING -> waitsForInput(g) ? null : g;
            default -> null;
        };
    }

    /// Whether all goroutines have slept for `time`, as far as that is known.
    static boolean holdsFor(Duration time) {
        for (G g : Goroutines.inNoOrder()) {
            if (g.sleeper() instanceof Sleeper sleeper && sleeper.time().compareTo(time) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean waitsForInput(G g) {
        for (StackTraceElement frame : g.stack()) {
            if (INPUT.stream().anyMatch(frame.getClassName()::startsWith)) {
                return true;
            }
        }
        return false;
    }
}
