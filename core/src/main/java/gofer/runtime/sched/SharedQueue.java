package gofer.runtime.sched;

import gofer.runtime.base.ShortLock;
import java.util.ArrayDeque;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// The queue of goroutines that run on whichever processor is free: those that were made ready outside of a carrier.
final class SharedQueue extends ShortLock {

    private final ArrayDeque<Runnable> queue = new ArrayDeque<>(); // guarded by the lock
    private volatile int size; // written under the lock

    void add(Runnable task) {
        acquire();
        try {
            append(queue, task);
            size = queue.size();
        } finally {
            release();
        }
    }

    /// Adds to `queue`, or throws and changes nothing. When an [ArrayDeque] cannot grow for lack of memory, it has
    /// already stored the element, and then appears to be empty.
    static void append(ArrayDeque<Runnable> queue, Runnable task) {
        try {
            queue.addLast(task);
        } catch (OutOfMemoryError full) {
            queue.pollLast();
            throw full;
        }
    }

    void addAll(Collection<Runnable> tasks) {
        acquire();
        try {
            queue.addAll(tasks);
            size = queue.size();
        } finally {
            release();
        }
    }

    @Nullable Runnable poll() {
        if (size == 0) {
            return null;
        }
        acquire();
        try {
            Runnable task = queue.pollFirst();
            size = queue.size();
            return task;
        } finally {
            release();
        }
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }
}
