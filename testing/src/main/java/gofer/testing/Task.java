package gofer.testing;

import gofer.runtime.base.SyncPoint;
import gofer.runtime.goroutine.G;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A thread of a world, as the loop sees it: a goroutine, or a plain virtual thread.
final class Task {

    final int number; // in the order in which they started, the main one 1; the clock is 0
    final @Nullable G goroutine; // null for a plain virtual thread, and for the clock
    final Runnable turn; // lets it go on until it waits
    boolean ready;
    boolean yielded; // since another one last had a turn
    Set<Object> places = Set.of(); // see Polling, as the next
    int placesSince = -1;
    int polling = -1;
    @Nullable Task starter; // who started it; null if that was none of the world
    int startedAt; // the number of steps of the starter by then
    int stepped; // how many steps it has made
    boolean begun; // has had a turn
    @Nullable SyncPoint operation; // that it is about to carry out, or waits in; null if none of ours
    @Nullable Object object; // of the operation
    int initializers; // of classes that it is in, where nobody can take the turn from it
    @Nullable Thread thread; // if it has come to a point, or has been looked for
    @Nullable Object entering; // a monitor; see Monitors, as the next
    @Nullable Object waiting; // to be notified, on a monitor
    int held; // how often it had entered that
    boolean arrived; // the JVM has made it ready since then
    long priority; // for the strategies that want one

    Task(int number, @Nullable G goroutine, Runnable turn) {
        this.number = number;
        this.goroutine = goroutine;
        this.turn = turn;
    }

    /// Null if it is plain, and its thread has not been found.
    @Nullable Thread knownThread() {
        return goroutine != null ? goroutine.thread() : thread;
    }

    /// Whether the order of what this one and `other` do next may matter.
    boolean dependsOn(Task other) {
        return touchesAnything() || other.touchesAnything() || Overlap.between(object, other.object);
    }

    /// So does the clock; one that has yielded, which is how code that is not ours says that it shares something; and the end
    /// of a context, or an interrupt, which calls off waits for whatever it may be; and a look at other goroutines.
    private boolean touchesAnything() {
        return number == 0
                || operation == SyncPoint.YIELD
                || operation == SyncPoint.CANCEL
                || operation == SyncPoint.INTERRUPT
                || operation == SyncPoint.INSPECT;
    }

    /// `2 "worker"`.
    @Override
    public String toString() {
        return number == 0
                ? "clock"
                : number + (goroutine == null ? " (thread)" : goroutine.name().isEmpty() ? "" : " " + goroutine.name());
    }
}
