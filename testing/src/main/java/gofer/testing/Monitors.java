package gofer.testing;

import gofer.runtime.base.SyncPoint;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The owners of Java's monitors in a run, as far as rewritten code reports them.
final class Monitors {

    /*
     * By itself, the JVM reports that a monitor is free at some moment in real time, on a thread of its own. Then no run could
     * be repeated. So a task that is about to enter a monitor with another owner is not ready until the owner exits it, and the
     * JVM never gets to block it. A task in Object.wait has released the monitor, here as in the JVM. When it is notified, the
     * JVM makes it ready at the moment that the monitor is released. The loop waits for that, a few microseconds, before any
     * task runs.
     *
     * Code that is not rewritten, or that uses another way, may own monitors that are not tracked here. Then the JVM decides,
     * and the notes of the search say so.
     */

    /// How long the JVM may take, in nanoseconds, to report that a notified task has the monitor.
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

    private static final class Hold {
        final Task owner;
        int count;

        Hold(Task owner, int count) {
            this.owner = owner;
            this.count = count;
        }
    }

    private final IdentityHashMap<Object, Hold> holds = new IdentityHashMap<>();
    private final List<Task> live;
    private @Nullable Object left; // a monitor that a notified task is about to get
    private boolean givenUp; // the JVM decides from now on

    Monitors(List<Task> live) {
        this.live = live;
    }

    boolean isHeldBy(Task task, Object monitor) {
        Hold hold = holds.get(monitor);
        return hold != null && hold.owner == task;
    }

    /// Returns whether a task other than `task` owns the monitor that `task` is about to enter.
    boolean isShut(Task task) {
        Object monitor = task.entering;
        return monitor != null && !givenUp && holds.get(monitor) instanceof Hold hold && hold.owner != task;
    }

    void enter(Task task, Object monitor) {
        task.entering = null;
        hold(task, monitor, 1);
    }

    private void hold(Task task, Object monitor, int count) {
        Hold hold = holds.get(monitor);
        if (hold != null && hold.owner == task) {
            hold.count += count;
        } else if (count > 0) {
            holds.put(monitor, new Hold(task, count));
            for (Task other : live) {
                if (other != task && other.entering == monitor) {
                    other.ready = false;
                }
            }
        }
    }

    void exit(Task task, Object monitor) {
        if (holds.get(monitor) instanceof Hold hold && hold.owner == task && --hold.count == 0) {
            release(monitor);
        }
    }

    /// Called when `task` waits on `monitor` and so releases it until it is notified.
    void await(Task task, Object monitor) {
        if (holds.get(monitor) instanceof Hold hold && hold.owner == task) {
            task.waiting = monitor;
            task.held = hold.count;
            release(monitor);
        }
    }

    /// Called when `task` owns the monitor again.
    void awaited(Task task, Object monitor) {
        task.waiting = null;
        task.entering = null;
        task.arrived = false;
        hold(task, monitor, task.held);
        task.held = 0;
    }

    private void release(Object monitor) {
        holds.remove(monitor);
        boolean notified = false;
        boolean arrived = false;
        for (Task task : live) {
            if (task.waiting == monitor && isNotified(task)) {
                task.entering = monitor;
                notified = true;
                arrived |= task.arrived;
            } else if (task.entering == monitor) {
                task.ready = true;
            }
            task.ready |= task.entering == monitor && task.arrived;
        }
        left = notified && !arrived ? monitor : left;
    }

    private static boolean isNotified(Task task) {
        return task.entering != null || task.thread != null && task.thread.getState() == Thread.State.BLOCKED;
    }

    /// Called when the JVM, or the clock, has made `task` ready. It is not ready if it has to enter a monitor with another
    /// owner.
    void madeReady(Task task) {
        if (task.waiting != null) {
            task.entering = task.waiting;
            task.arrived = true;
        }
        if (isShut(task)) {
            task.ready = false;
        }
    }

    /// Waits for a notified task if the monitor has just been released. `receive` takes in the tasks that the JVM has made
    /// ready.
    void settle(Runnable receive) {
        Object monitor = left;
        left = null;
        long start = System.nanoTime();
        while (monitor != null && !hasArrived(monitor) && System.nanoTime() - start < PATIENCE) {
            Thread.onSpinWait();
            receive.run();
        }
    }

    private boolean hasArrived(Object monitor) {
        for (Task task : live) {
            if (task.waiting == monitor && task.arrived) {
                return true;
            }
        }
        return false;
    }

    /// Waits for the tasks that join `last`, a plain virtual thread that has ended. In newer JDKs they wait for its monitor.
    void settleJoins(@Nullable Task last, Runnable receive) {
        long start = System.nanoTime();
        while (isEndOfThread(last)
                && live.stream().anyMatch(Monitors::isBackFromJoin)
                && System.nanoTime() - start < PATIENCE) {
            Thread.onSpinWait();
            receive.run();
        }
    }

    private static boolean isEndOfThread(@Nullable Task task) {
        return task != null
                && task.goroutine == null
                && task.thread != null
                && task.thread.getState() == Thread.State.TERMINATED;
    }

    private static boolean isBackFromJoin(Task task) {
        Thread thread = task.knownThread();
        if (task.ready || task.entering != null || task.waiting != null || thread == null) {
            return false;
        }
        Thread.State state = thread.getState();
        return (state == Thread.State.BLOCKED || state == Thread.State.RUNNABLE)
                && Stream.of(thread.getStackTrace())
                        .anyMatch(frame ->
                                frame.getClassName().equals("java.lang.Thread")
                                        && frame.getMethodName().equals("join"));
    }

    /// Returns whether the JVM is known to make `task` ready at this moment, after a turn of `last`.
    boolean isExpected(Task task, @Nullable Task last) {
        return task.waiting != null || isEndOfThread(last) && isBackFromJoin(task);
    }

    /// Called when no task can run: runs `turn` for each task that is about to enter a monitor, so that the JVM sees which
    /// thread waits for which monitor, and can report it.
    void giveUp(Consumer<Task> turn) {
        givenUp = true;
        for (Task task : List.copyOf(live)) {
            if (task.entering != null && !task.ready) {
                turn.accept(task);
            }
        }
    }

    /// Returns whether `operation` is one that is tracked here.
    static boolean isKept(SyncPoint operation) {
        return operation == SyncPoint.ENTER || operation == SyncPoint.EXIT || operation == SyncPoint.WAIT;
    }
}
