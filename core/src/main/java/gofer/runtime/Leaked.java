package gofer.runtime;

import gofer.goroutine.Scheduler;
import gofer.goroutine.WaitReason;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Finds goroutines that wait for what nothing that can still run reaches, so that they wait for ever.
public final class Leaked {

    /*
     * A virtual thread that waits is kept alive by nothing but references to it: from the queue in which it stands, and so
     * from the channel or lock that the queue belongs to; from the list of all goroutines; from whoever has a handle
     * of it. So for a search the list lets go of those that wait, and the garbage collector is asked which of them are
     * garbage. Whom a live goroutine, another thread, a timer or a static field could wake, is none; cycles of goroutines
     * that wait for each other are. There is no false alarm: what is collected cannot run again.
     *
     * What is to be said of a goroutine is noted before, and keeps alive neither it nor what it waits for.
     *
     * Differs from Go's leak profile: there a leaked goroutine stays, here it is gone, and its memory with it. Dumps show
     * it as before, as leaked.
     */

    /// By then an explicit collection has surely found all, those included that a thread had in its hands a moment ago.
    private static final int COLLECTIONS = 2;

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    /// Of so many goroutines that do the same the state of what they wait for is noted: that takes memory.
    private static final int NOTED = 100;

    private static final ReentrantLock SEARCH = new ReentrantLock();

    private static final List<Sight> FOUND = new ArrayList<>(); // guarded by SEARCH
    private static volatile int count; // of FOUND; written under SEARCH

    private Leaked() {}

    /// Whether a search is under way: who looks at goroutines meanwhile keeps them alive.
    static boolean isSearching() {
        return SEARCH.isLocked();
    }

    /// How many have been found so far.
    public static int count() {
        return count;
    }

    /// What those did that have been found so far.
    static List<Sight> found() {
        SEARCH.lock();
        try {
            return List.copyOf(FOUND);
        } finally {
            SEARCH.unlock();
        }
    }

    /// Searches, and returns what those did that have been found now or before, but for the main goroutine: it may wait for
    /// the end of the program.
    public static Dump find() {
        return find(_ -> true);
    }

    /// Likewise, those that `wanted` accepts.
    static Dump find(Predicate<Sight> wanted) {
        if (!Scheduling.isOurs()) {
            throw new UnsupportedOperationException(
                    "leaks can be found on Gofer's scheduler only; this is " + Scheduler.JDK);
        }
        SEARCH.lock();
        try {
            search();
            return Dump.ofSights(FOUND.stream().filter(sight -> sight.id() != G.MAIN).filter(wanted));
        } finally {
            SEARCH.unlock();
        }
    }

    /// A guess: those that have waited for `time` or longer, but for sleepers.
    public static Dump suspects(Duration time) {
        Stream<G> goroutines = Goroutines.all().stream().filter(g -> isSuspect(g, time));
        Stream<Sight> threads = PlainThreads.sights(thread -> isSuspect(thread, time));
        return Dump.ofSights(Stream.concat(goroutines.map(Sight::of).filter(Sight::isWaiting), threads));
    }

    /// Of the threads that are no goroutines. The collector does not take those: nothing about them can be proved.
    public static Dump suspectThreads(Duration time) {
        return Dump.ofSights(PlainThreads.sights(thread -> isSuspect(thread, time)));
    }

    private static boolean isSuspect(Party party, Duration time) {
        return party.sleeper() instanceof Sleeper sleeper
                && sleeper.reason() != WaitReason.SLEEP
                && sleeper.time().compareTo(time) >= 0;
    }

    private static void search() {
        List<Detached> candidates = candidates();
        Goroutines.detach(candidates);
        try {
            for (int i = 0; i < COLLECTIONS; i++) {
                collect();
            }
        } finally {
            Goroutines.attach();
            candidates.stream().filter(Detached::isLeaked).forEach(leaked -> FOUND.add(leaked.sight));
            count = FOUND.size();
        }
    }

    /// All that wait. A method of its own: its variables must not keep alive what is then collected.
    private static List<Detached> candidates() {
        List<Detached> candidates = new ArrayList<>();
        Map<Object, Kind> kinds = new HashMap<>();
        for (G g : Goroutines.all()) {
            Sight sight = Sight.of(g);
            if (sight.isWaiting()) {
                Kind kind = kinds.computeIfAbsent(sight.kind(), _ -> new Kind(sight.stack()));
                candidates.add(new Detached(g, sight.frozen(kind.stack, kind.seen++ < NOTED)));
            }
        }
        return candidates;
    }

    /// Goroutines that do the same.
    private static final class Kind {

        final List<StackTraceElement> stack;
        int seen;

        Kind(List<StackTraceElement> stack) {
            this.stack = stack;
        }
    }

    private static void collect() {
        var canary = new WeakReference<>(new Object());
        long start = System.nanoTime();
        System.gc();
        while (!canary.refersTo(null)) {
            if (System.nanoTime() - start > PATIENCE) {
                throw new UnsupportedOperationException(
                        "leaks are found by the garbage collector, which does not collect on request;"
                                + " is there an option -XX:+DisableExplicitGC?");
            }
            LockSupport.parkNanos(canary, TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
