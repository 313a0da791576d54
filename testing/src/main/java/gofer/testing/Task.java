package gofer.testing;

import gofer.runtime.base.SyncPoint;
import gofer.runtime.goroutine.G;
import gofer.testing.race.Strand;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The loop's record of a thread of its world: a goroutine, or a plain virtual thread.
final class Task {

    final int number; // in the order of their start; 1 is the main goroutine, 0 the clock
    final @Nullable G goroutine; // null for a plain virtual thread, and for the clock
    final Runnable turn; // runs the thread until it waits, yields or ends
    boolean ready;
    boolean yielded; // since then no other task has had a turn
    Set<Object> yieldPlaces = Set.of(); // where it has yielded since the last event; see PollingDetector
    int yieldPlacesSince = -1; // the number of events when `yieldPlaces` was cleared
    int pollingSince = -1; // the generation of PollingDetector in which it polls
    @Nullable Task starter; // null if it was started from outside the world
    int starterSteps; // the steps of the starter at that time
    int steps; // that it has made
    boolean hasRun; // it has had a turn
    @Nullable SyncPoint operation; // the next one, or the one that it waits in; null if not one of Gofer
    @Nullable Object object; // of the operation
    int initializers; // the class initializers that it is in, where it cannot be preempted
    @Nullable Thread thread; // null until a scheduling point, or until the loop has searched for it
    @Nullable Object entering; // the monitor that it is about to enter; see Monitors
    @Nullable Object waiting; // the monitor of its Object.wait
    int heldCount; // how often it had entered `waiting`
    boolean isReadyByJvm; // the JVM has made it ready since it began to wait
    long priority; // for the strategies that need one
    @Nullable Strand strand; // if races are searched for
    final List<Access> openCalls =
            new ArrayList<>(); // of the JDK, which may run code of the program now; see Callbacks
    @Nullable Access lastCall; // of the JDK, if it may have waited and its edges are not complete; see Races
    @Nullable Thread joined; // the thread of the last Thread.join

    Task(int number, @Nullable G goroutine, Runnable turn) {
        this.number = number;
        this.goroutine = goroutine;
        this.turn = turn;
    }

    /// Returns null for a plain virtual thread that has not been found.
    @Nullable Thread knownThread() {
        return goroutine != null ? goroutine.thread() : thread;
    }

    /// Returns whether the order of the next operations of this task and of `other` may matter.
    boolean dependsOn(Task other) {
        return touchesAnything() || other.touchesAnything() || Overlap.between(object, other.object);
    }

    /// Returns whether the next operation may touch any object. So do the clock, a yield, and operations on all goroutines. So
    /// do the end of a context and an interrupt, which may end any wait.
    private boolean touchesAnything() {
        return number == 0
                || operation == SyncPoint.YIELD
                || operation == SyncPoint.CANCEL
                || operation == SyncPoint.INTERRUPT
                || operation == SyncPoint.INSPECT;
    }

    /// Returns, for example, `2 worker`.
    @Override
    public String toString() {
        return number == 0
                ? "clock"
                : number + (goroutine == null ? " (thread)" : goroutine.name().isEmpty() ? "" : " " + goroutine.name());
    }
}
