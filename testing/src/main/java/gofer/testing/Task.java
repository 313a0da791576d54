package gofer.testing;

import gofer.runtime.base.SyncPoint;
import gofer.runtime.goroutine.G;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A thread of a world as the loop sees it: a goroutine, or a plain virtual thread.
final class Task {

    final int number; // in the order of their start; 1 is the main goroutine, 0 the clock
    final @Nullable G goroutine; // null for a plain virtual thread, and for the clock
    final Runnable turn; // runs it until it waits
    boolean ready;
    boolean yielded; // and no other task has had a turn since
    Set<Object> places = Set.of(); // see PollingDetector, as the next two
    int placesSince = -1;
    int polling = -1;
    @Nullable Task starter; // null if it was started from outside the world
    int startedAt; // the number of steps that the starter had made
    int stepped; // how many steps it has made
    boolean begun; // has had a turn
    @Nullable SyncPoint operation; // that it is about to carry out, or waits in; null if not one of ours
    @Nullable Object object; // of the operation
    int initializers; // the number of class initializers it is in, where it cannot be preempted
    @Nullable Thread thread; // null until it reaches a scheduling point, or was looked for
    @Nullable Object entering; // a monitor; see Monitors, as the next three
    @Nullable Object waiting; // the monitor that it waits on to be notified
    int held; // how often it had entered that monitor
    boolean arrived; // the JVM has made it ready since then
    long priority; // for the strategies that need one

    Task(int number, @Nullable G goroutine, Runnable turn) {
        this.number = number;
        this.goroutine = goroutine;
        this.turn = turn;
    }

    /// Returns null for a plain virtual thread that has not been found.
    @Nullable Thread knownThread() {
        return goroutine != null ? goroutine.thread() : thread;
    }

    /// Returns whether the order of the next operations of this task and `other` may matter.
    boolean dependsOn(Task other) {
        return touchesAnything() || other.touchesAnything() || Overlap.between(object, other.object);
    }

    /// Returns whether the next operation may concern any object. This holds for the clock, and for a yield, by which other
    /// code says that it shares something. It also holds for the end of a context and for an interrupt, which may end any wait,
    /// and for a look at other goroutines.
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
