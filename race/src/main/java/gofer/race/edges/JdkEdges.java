package gofer.race.edges;

import gofer.race.runtime.Hooks;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import org.jspecify.annotations.Nullable;

/// What rewritten classes of the JDK call, where the hooks alone do not suffice.
public final class JdkEdges {

    private JdkEdges() {}

    /// Acquires the element of an array at an offset of `Unsafe`. Acquires any other object as a whole.
    public static void acquireAt(Object object, long offset) {
        if (object instanceof Object[]) {
            Hooks.acquireAt(object, offset);
        } else if (object != null) {
            Hooks.acquire(object, 0);
        }
    }

    /// Releases the element of an array at an offset of `Unsafe`. Releases any other object as a whole.
    public static void releaseAt(Object object, long offset) {
        if (object instanceof Object[]) {
            Hooks.releaseAt(object, offset);
        } else if (object != null) {
            Hooks.release(object, 0);
        }
    }

    /// Called when a program says that it still needs an object. Later, the garbage collector may enqueue a reference to it.
    public static void reachable() {
        Hooks.release(Reference.class, 0);
    }

    /// Called when a reference, if any, leaves a queue.
    public static void dequeued(@Nullable Reference<?> reference, ReferenceQueue<?> queue) {
        if (reference != null) {
            Hooks.acquire(queue, 0);
            Hooks.acquire(Reference.class, 0);
        }
    }

    /// Called when the current thread may have seen that it was interrupted.
    public static void interrupted() {
        Hooks.acquire(Thread.currentThread(), Hooks.INTERRUPT);
    }
}
