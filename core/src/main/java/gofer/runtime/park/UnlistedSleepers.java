package gofer.runtime.park;

import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The virtual threads that are not goroutines, while they sleep in a Gofer wait.
public final class UnlistedSleepers {

    /*
     * The JVM lists platform threads. It lists virtual threads only to code that can access its internals, and there
     * may be millions. So each virtual thread that is not a goroutine is recorded here. The record does not keep the
     * thread alive: with -Djdk.trackAllThreads=false the collector may free a virtual thread that nothing can wake, and
     * what it waits for may be all that keeps a leaked goroutine alive.
     */

    private static final Set<WeakReference<Thread>> ASLEEP = ConcurrentHashMap.newKeySet();

    private UnlistedSleepers() {}

    /// Returns whether `thread` must be recorded while it sleeps.
    static boolean mustRecord(Thread thread) {
        return thread.isVirtual() && Fiber.of(thread) == null;
    }

    /// Records that `thread` sleeps, until [#leave]. Throws [OutOfMemoryError] if there is no memory.
    public static WeakReference<Thread> enter(Thread thread) {
        var entry = new WeakReference<>(thread);
        ASLEEP.add(entry);
        return entry;
    }

    public static void leave(WeakReference<Thread> entry) {
        ASLEEP.remove(entry);
    }

    /// Returns the recorded threads that are alive.
    public static Stream<Thread> all() {
        ASLEEP.removeIf(entry -> entry.refersTo(null));
        return ASLEEP.stream().map(WeakReference::get).filter(Objects::nonNull);
    }
}
