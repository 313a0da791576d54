package gofer.testing;

import gofer.runtime.base.SyncPoint;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The owners of Java's monitors in a run. Only rewritten code reports them.
final class Monitors {

    /*
     * Normally the JVM makes a thread ready on a thread of its own, some time after a monitor is released. Then no run could be
     * repeated. So a task that is about to enter a monitor with another owner is not ready until the owner exits the monitor,
     * and the JVM never blocks the task. A task in Object.wait has released the monitor, here as in the JVM. When the task is
     * notified, the JVM makes it ready after the monitor is released. The loop waits for that, a few microseconds, before any
     * task runs.
     *
     * Code that is not rewritten may own monitors that are not tracked here. Then the JVM decides, and the notes of the search
     * report it.
     */

    /// The maximum time, in nanoseconds, until the JVM reports that a notified task has the monitor.
    private static final long TIMEOUT = TimeUnit.SECONDS.toNanos(1);

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
    private @Nullable Object handedOver; // a released monitor that the JVM gives to a notified task
    private boolean givenUp; // the JVM decides from now on

    Monitors(List<Task> live) {
        this.live = live;
    }

    boolean isHeldBy(Task task, Object monitor) {
        Hold hold = holds.get(monitor);
        return hold != null && hold.owner == task;
    }

    /// Returns whether a task other than `task` owns the monitor that `task` is about to enter.
    boolean isBlocked(Task task) {
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

    /// Called when `task` calls `Object.wait`, which releases `monitor`.
    void await(Task task, Object monitor) {
        if (holds.get(monitor) instanceof Hold hold && hold.owner == task) {
            task.waiting = monitor;
            task.heldCount = hold.count;
            release(monitor);
        }
    }

    /// Called when `task` has returned from `Object.wait` and owns `monitor` again.
    void endWait(Task task, Object monitor) {
        task.waiting = null;
        task.entering = null;
        task.isReadyByJvm = false;
        hold(task, monitor, task.heldCount);
        task.heldCount = 0;
    }

    private void release(Object monitor) {
        holds.remove(monitor);
        boolean notified = false;
        boolean isReady = false;
        for (Task task : live) {
            if (task.waiting == monitor && isNotified(task)) {
                task.entering = monitor;
                notified = true;
                isReady |= task.isReadyByJvm;
            } else if (task.entering == monitor) {
                task.ready = true;
            }
            task.ready |= task.entering == monitor && task.isReadyByJvm;
        }
        handedOver = notified && !isReady ? monitor : handedOver;
    }

    private static boolean isNotified(Task task) {
        return task.entering != null || task.thread != null && task.thread.getState() == Thread.State.BLOCKED;
    }

    /// Called when the JVM, or the clock, has made `task` ready. Marks it as not ready if it has to enter a monitor with another
    /// owner.
    void madeReady(Task task) {
        if (task.waiting != null) {
            task.entering = task.waiting;
            task.isReadyByJvm = true;
        }
        if (isBlocked(task)) {
            task.ready = false;
        }
    }

    /// Waits until a notified task is ready, if its monitor has just been released.
    ///
    /// @param receive accepts the tasks that the JVM has made ready
    void awaitNotified(Runnable receive) {
        Object monitor = handedOver;
        handedOver = null;
        long start = System.nanoTime();
        while (monitor != null && !isAnyReady(monitor) && System.nanoTime() - start < TIMEOUT) {
            Thread.onSpinWait();
            receive.run();
        }
    }

    private boolean isAnyReady(Object monitor) {
        for (Task task : live) {
            if (task.waiting == monitor && task.isReadyByJvm) {
                return true;
            }
        }
        return false;
    }

    /// If `last` is a plain virtual thread that has ended, waits until the tasks that join it are ready. In newer JDKs they wait
    /// for its monitor.
    void awaitJoiners(@Nullable Task last, Runnable receive) {
        long start = System.nanoTime();
        while (isEndOfThread(last)
                && live.stream().anyMatch(Monitors::isReturningFromJoin)
                && System.nanoTime() - start < TIMEOUT) {
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

    private static boolean isReturningFromJoin(Task task) {
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

    /// Returns whether the JVM always makes `task` ready after this turn of `last`.
    boolean isExpected(Task task, @Nullable Task last) {
        return task.waiting != null || isEndOfThread(last) && isReturningFromJoin(task);
    }

    /// Called when no task can run. Runs `turn` for each task that is about to enter a monitor. Then the threads wait for their
    /// monitors, and dumps show it.
    void giveUp(Consumer<Task> turn) {
        givenUp = true;
        for (Task task : List.copyOf(live)) {
            if (task.entering != null && !task.ready) {
                turn.accept(task);
            }
        }
    }

    /// Returns whether `operation` is tracked here.
    static boolean isTracked(SyncPoint operation) {
        return operation == SyncPoint.ENTER || operation == SyncPoint.EXIT || operation == SyncPoint.WAIT;
    }
}
