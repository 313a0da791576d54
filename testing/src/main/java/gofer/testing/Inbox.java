package gofer.testing;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What comes to a loop from outside: goroutines that have become ready, and what is to be done there.
final class Inbox {

    private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private volatile Door door = new Door();
    private volatile @Nullable Thread reader;

    /// A run begins, on the current thread. What was for the one before is dropped, whenever it comes.
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

    /// Lets the reader look at what has changed.
    void nudge() {
        LockSupport.unpark(reader);
    }

    /// By which the present run is given what it is to do.
    Executor door() {
        return door;
    }

    /// Whether `task` has come by the door of the present run.
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
