package gofer.testing;

import java.util.Hashtable;
import java.util.Set;
import java.util.Vector;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.PriorityBlockingQueue;

/// The calls of the JDK that run code of the program, such as functions and comparators, and order it: they hold a lock meanwhile,
/// or publish what it has made. So the end of such a call orders goroutines, too.
///
/// Most other methods run the code without a lock. For example, `ConcurrentHashMap.forEach` does not order the calls of its
/// function.
final class Callbacks {

    /// Methods of concurrent maps and of atomic variables.
    private static final Set<String> PUBLISHING =
            Set.of(
                    "accumulateAndGet",
                    "compute",
                    "computeIfAbsent",
                    "computeIfPresent",
                    "getAndAccumulate",
                    "getAndUpdate",
                    "merge",
                    "replaceAll",
                    "updateAndGet");

    /// Other methods of lists and sets that are copied on each write.
    private static final Set<String> COPYING = Set.of("removeIf", "sort");

    /// Methods that are also called without an instruction that calls them, so that no point shows their end.
    private static final Set<String> IMPLICIT = Set.of("equals", "hashCode", "toString");

    /// Classes whose methods run the code under their lock, or before they wake others.
    private static final Set<Class<?>> LOCKING =
            Set.of(
                    ArrayBlockingQueue.class,
                    CyclicBarrier.class,
                    DelayQueue.class,
                    Hashtable.class,
                    Phaser.class,
                    PriorityBlockingQueue.class,
                    Vector.class);

    private Callbacks() {}

    /// Returns whether a call orders what the code of the program does in it. Unknown classes do, so that no report is wrong.
    static boolean areOrdered(Object object, String method) {
        Class<?> type = JdkKind.typeOfJdk(object.getClass());
        if (type == null || IMPLICIT.contains(method)) {
            return false;
        }
        if (LOCKING.stream().anyMatch(each -> each.isAssignableFrom(type))) {
            return true;
        }
        String name = type.getName();
        if (name.startsWith("java.util.concurrent.")) {
            return PUBLISHING.contains(method)
                    || COPYING.contains(method)
                            && (object instanceof CopyOnWriteArrayList || object instanceof CopyOnWriteArraySet);
        }
        return !name.startsWith("java.util.") || name.startsWith("java.util.Collections$Synchronized");
    }
}
