package gofer.race.edges;

import gofer.race.runtime.Hooks;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import org.jspecify.annotations.Nullable;

/// What rewritten classes of the JDK call, where the hooks alone do not suffice.
public final class JdkEdges {

    private static long main; // the number of the main thread

    private JdkEdges() {}

    /// Records that `thread` is the main thread.
    static void start(Thread thread) {
        main = thread.threadId();
    }

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

    /// Called when the current thread, which is `thread`, ends. The JVM awaits all threads that are not daemons.
    public static void ended(Thread thread) {
        if (!thread.isDaemon()) {
            Hooks.release(JdkEdges.class, 0);
        }
    }

    /// Called when the current thread is the one that ends the JVM, because all threads that it awaits have ended.
    public static void shutdown() {
        Hooks.acquire(JdkEdges.class, 0);
    }

    /// Called when the current thread, which is `thread`, ends by an exception. If it is the main thread, the JVM will end with
    /// status 1, unless the program asks for another one.
    public static void uncaught(Thread thread) {
        if (thread.threadId() == main) {
            Hooks.exiting(1);
        }
    }

    /// Called when a program's `value` has been computed for a class.
    public static void computed(ClassValue<?> value, Class<?> type) {
        if (value.getClass().getClassLoader() != null) {
            Hooks.release(value, System.identityHashCode(type));
        }
    }

    /// Called when `value` has been got for a class. Those of the JDK and of the detector order nothing.
    public static void got(ClassValue<?> value, Class<?> type) {
        if (value.getClass().getClassLoader() != null) {
            Hooks.acquire(value, System.identityHashCode(type));
        }
    }

    /// Called when the current thread may have seen that it was interrupted.
    public static void interrupted() {
        Hooks.acquire(Thread.currentThread(), Hooks.INTERRUPT);
    }
}
