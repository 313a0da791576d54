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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/// The waits of all threads, as found by an inspection in which no thread was able to wake another. If two inspections
/// are equal, all threads were asleep at some instant between them.
///
/// @param turns how many times goroutines had been run until then
/// @param waits what each thread waits for
record Standstill(long turns, List<Object> waits) {

    /*
     * Threads are inspected one by one, while others may run. So all are inspected twice, and each wait has a number:
     * Gofer's sleepers count their sleeps, platform threads count their waits, and for goroutines in JDK waits the
     * scheduler counts turns. If all numbers are the same both times, no thread has run between the end of the first
     * inspection and the start of the second. So no thread could wake another.
     */

    /// Prefixes of the JDK classes that wait for input.
    private static final List<String> INPUT =
            List.of("sun.nio.", "java.net.", "java.io.", "jdk.internal.net.", "sun.security.");

    private static volatile @Nullable ForkJoinPool jdkPool; // found once: its threads end when idle

    /// Inspects all threads and timers. Returns null if one of them may still run.
    ///
    /// @param known threads that cannot wake a goroutine
    /// @param uncertain receives the wakeup sources that can be neither found nor excluded
    static @Nullable Standstill inspect(Set<Thread> known, Set<String> uncertain) {
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
        List<Object> others = ExternalThreads.inspect(known, uncertain);
        List<Object> virtual = Scheduling.isOurs() ? PlainVirtualThreads.inspect() : List.of();
        if (others == null || virtual == null || Goroutines.isAnyWaitingToInspect() || countTurns() != turns) {
            return null;
        }
        waits.addAll(others);
        waits.addAll(virtual);
        return new Standstill(turns, waits);
    }

    /// Returns how many times goroutines have been run; -1 if one is running or about to run, or if that is not known.
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

    /// Returns the wait of `g`; null if it does not wait, or has a deadline or waits for input.
    private static @Nullable Object wait(G g) {
        if (g.stateNow() != Goroutine.State.WAITING) {
            return null;
        }
        if (g.sleeper() instanceof Sleeper sleeper) {
            return sleeper.sleepsForever() ? new SleepingWait(sleeper, sleeper.sleep()) : null;
        }
        return switch (Objects.requireNonNull(g.startedThread()).getState()) {
            case BLOCKED -> g;
            case WAITING -> waitsForInput(g) ? null : g;
            default -> null;
        };
    }

    /// Returns whether all goroutines have slept for `time`, as far as that is known.
    static boolean haveSleptFor(Duration time) {
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
