package gofer.runtime.park;

import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The virtual threads that are no goroutines, while they sleep in one of our waits.
public final class UnlistedSleepers {

    /*
     * The JVM lists the platform threads. It lists virtual threads only for those who have its internals, and there may be
     * very many. So each that is no goroutine is noted here. The note does not keep the thread alive: with
     * -Djdk.trackAllThreads=false the collector may take a virtual thread that nobody can wake, and what that waits for may
     * be all that keeps a leaked goroutine.
     */

    private static final Set<WeakReference<Thread>> ASLEEP = ConcurrentHashMap.newKeySet();

    private UnlistedSleepers() {}

    /// Whether `thread` has to be noted while it sleeps.
    static boolean has(Thread thread) {
        return thread.isVirtual() && Fiber.of(thread) == null;
    }

    /// Notes that `thread` sleeps, until [#leave]. May throw that there is no memory.
    public static WeakReference<Thread> enter(Thread thread) {
        var note = new WeakReference<>(thread);
        ASLEEP.add(note);
        return note;
    }

    public static void leave(WeakReference<Thread> note) {
        ASLEEP.remove(note);
    }

    /// Those that were noted, and live.
    public static Stream<Thread> all() {
        ASLEEP.removeIf(note -> note.refersTo(null));
        return ASLEEP.stream().map(WeakReference::get).filter(Objects::nonNull);
    }
}
