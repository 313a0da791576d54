package gofer.testing;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What comes to a loop from outside: goroutines that have become ready, and tasks to run in the loop.
final class Inbox {

    private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private volatile Door door = new Door();
    private volatile @Nullable Thread reader;

    /// Begins a run on the current thread. Anything for the previous run is dropped, even if it comes later.
    void clear() {
        queue.clear();
        door = new Door();
        reader = Thread.currentThread();
    }

    void add(Runnable task) {
        queue.add(task);
        nudge();
    }

    @Nullable Runnable poll() {
        return queue.poll();
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /// Wakes the reader to check what has changed.
    void nudge() {
        LockSupport.unpark(reader);
    }

    /// Returns the executor that submits tasks to the present run.
    Executor door() {
        return door;
    }

    /// Returns whether `task` was submitted by the door of the present run.
    boolean isVisit(Runnable task) {
        return task instanceof Visit visit && visit.door == door;
    }

    private final class Door implements Executor {

        @Override
        public void execute(Runnable task) {
            add(new Visit(this, task));
        }
    }

    private record Visit(Executor door, Runnable task) implements Runnable {

        @Override
        public void run() {
            task.run();
        }
    }
}
