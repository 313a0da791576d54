package gofer.testing;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A queue of events from outside of a loop: goroutines that have become ready, and tasks to run in the loop.
final class Inbox {

    private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private volatile Submitter executor = new Submitter();
    private volatile @Nullable Thread reader;

    /// Begins a run on the current thread. Drops all tasks for the previous run, even those that are submitted later.
    void clear() {
        queue.clear();
        executor = new Submitter();
        reader = Thread.currentThread();
    }

    void add(Runnable task) {
        queue.add(task);
        wakeReader();
    }

    @Nullable Runnable poll() {
        return queue.poll();
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /// Wakes the reader, which then checks for changes.
    void wakeReader() {
        LockSupport.unpark(reader);
    }

    /// Returns the executor that submits tasks to the current run.
    Executor executor() {
        return executor;
    }

    /// Returns whether `task` was submitted by the executor of the current run.
    boolean isOfThisRun(Runnable task) {
        return task instanceof Submitted visit && visit.executor == executor;
    }

    private final class Submitter implements Executor {

        @Override
        public void execute(Runnable task) {
            add(new Submitted(this, task));
        }
    }

    private record Submitted(Executor executor, Runnable task) implements Runnable {

        @Override
        public void run() {
            task.run();
        }
    }
}
