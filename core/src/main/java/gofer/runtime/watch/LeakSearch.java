package gofer.runtime.watch;

import gofer.goroutine.Scheduler;
import gofer.goroutine.WaitReason;
import gofer.runtime.goroutine.G;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.goroutine.Keeper;
import gofer.runtime.goroutine.Party;
import gofer.runtime.goroutine.WeakGoroutine;
import gofer.runtime.park.Sleeper;
import gofer.runtime.park.World;
import gofer.runtime.sched.Scheduling;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds goroutines that wait for what nothing that can still run reaches, so that they wait for ever.
public final class LeakSearch {

    /*
     * A virtual thread that waits is kept alive by nothing but references to it: from the queue in which it stands, and so
     * from the channel or lock that the queue belongs to; from the list of all goroutines; from whoever has a handle
     * of it. So for a search the list lets go of those that wait, and the garbage collector is asked which of them are
     * garbage. Whom a live goroutine, another thread, a timer or a static field could wake, is none; cycles of goroutines
     * that wait for each other are.
     *
     * There is no false alarm: what is collected cannot run again. But a finalizer runs after weak references have been
     * cleared, and may wake a goroutine that only it could reach. So the first collection takes nobody: a Keeper, an object
     * with a finalizer of ours, refers to all candidates and hands them back. Candidates whose weak references have been
     * cleared are suspects. By then the finalizers that could reach them have run, or are about to run. So the same is done
     * once more, and those that are suspects again are let go. Phantom references tell which of them are gone: the collector
     * does not clear these while a finalizer could still run. A suspect that is not gone waits for a chain of finalizers. It
     * counts as a goroutine, and the next search asks again.
     *
     * Concurrent collectors take the stack of a virtual thread, once found, for reachable, and so the goroutine: even if
     * only a finalizer leads there. With those nobody needs to be saved, and nobody would be a suspect that was.
     *
     * What is to be said of a goroutine is noted before, and keeps alive neither it nor what it waits for.
     *
     * Differs from Go's leak profile: there a leaked goroutine stays, here it is gone, and its memory with it. Dumps show
     * it as before, as leaked.
     */

    /// By then an explicit collection has surely found all, those included that a thread had in its hands a moment ago.
    private static final int COLLECTIONS = 2;

    /// After so long the finalizers that are left are run beside the JVM's own thread, which may be stuck in one.
    private static final long STUCK = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    /// Of so many goroutines that do the same the state of what they wait for is noted: that takes memory.
    private static final int NOTED = 100;

    private static final List<GoroutineSnapshot> FOUND = new ArrayList<>(); // written by searches, read by looks
    private static final List<WeakGoroutine<GoroutineSnapshot>> LINGERING =
            new ArrayList<>(); // suspects of earlier searches; used by searches
    private static @Nullable Trial unfinished; // of a search that failed; used by searches
    private static volatile int begun; // how many searches; written by searches
    private static int succeeded; // the number of the last search that did; used by searches
    private static volatile int count; // of FOUND

    private LeakSearch() {}

    /// How many have been found so far.
    public static int count() {
        return count;
    }

    /// What those did that have been found so far.
    static List<GoroutineSnapshot> found() {
        return Goroutines.look(() -> List.copyOf(FOUND));
    }

    /// Searches, and returns what those did that have been found now or before, but for the main goroutine: it may wait for
    /// the end of the program.
    public static Dump find() {
        return find(_ -> true);
    }

    /// Likewise, those that `wanted` accepts.
    static Dump find(Predicate<GoroutineSnapshot> wanted) {
        if (!Scheduling.isOurs()) {
            throw new UnsupportedOperationException(
                    "leaks can be found on Gofer's scheduler only; this is " + Scheduler.JDK);
        }
        if (World.current() != null) {
            throw new UnsupportedOperationException(
                    "leaks cannot be searched for in a bubble or an exploration; Leaks.assertNone works there");
        }
        int before = begun;
        return Goroutines.search(() -> {
            if (succeeded <= before) { // else one that began after this was called has just found all
                begun = begun + 1;
                search();
                succeeded = begun;
            }
            return Dump.ofSnapshots(FOUND.stream().filter(snapshot -> snapshot.id() != G.MAIN).filter(wanted));
        });
    }

    /// A guess: those that have waited for `time` or longer, but for sleepers.
    public static Dump suspects(Duration time) {
        return Goroutines.look(() -> {
            Stream<G> goroutines = Goroutines.all().stream().filter(g -> isSuspect(g, time));
            Stream<GoroutineSnapshot> threads = PlainThreads.snapshots(thread -> isSuspect(thread, time));
            return Dump.ofSnapshots(
                    Stream.concat(goroutines.map(GoroutineSnapshot::of).filter(GoroutineSnapshot::isWaiting), threads));
        });
    }

    /// Of the threads that are no goroutines. The collector does not take those: nothing about them can be proved.
    public static Dump suspectThreads(Duration time) {
        return Goroutines.look(() -> Dump.ofSnapshots(PlainThreads.snapshots(thread -> isSuspect(thread, time))));
    }

    private static boolean isSuspect(Party party, Duration time) {
        return party.sleeper() instanceof Sleeper sleeper
                && sleeper.reason() != WaitReason.SLEEP
                && sleeper.time().compareTo(time) >= 0;
    }

    /// Loaded by a search: most programs need no management beans.
    private static final class Collector {

        static final boolean STACKS_ARE_STRONG =
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .anyMatch(bean -> bean.getName().startsWith("ZGC") || bean.getName().startsWith("Shenandoah"));
    }

    /// Goroutines that the list does not keep alive, but a keeper does.
    private record Trial(List<WeakGoroutine<GoroutineSnapshot>> candidates, Keeper.Receipt receipt) {}

    private static void search() {
        try {
            if (Collector.STACKS_ARE_STRONG) {
                List<WeakGoroutine<GoroutineSnapshot>> all = candidates(WeakGoroutine::unkept);
                Goroutines.detach(all);
                LINGERING.addAll(all);
            } else {
                tryTwice();
            }
            for (int i = 0; i < COLLECTIONS && LINGERING.stream().anyMatch(one -> !one.isLeaked()); i++) {
                collect();
            }
        } finally {
            Goroutines.attach();
            LINGERING.stream().filter(WeakGoroutine::isLeaked).forEach(leaked -> FOUND.add(leaked.snapshot));
            LINGERING.removeIf(one -> one.isLeaked() || one.ended || !one.isOutOfReach());
            count = FOUND.size();
        }
    }

    /// Lets go of suspects.
    private static void tryTwice() {
        Trial trial = unfinished == null ? begin() : unfinished;
        unfinished = trial;
        settle(trial);
        trial = again(trial);
        unfinished = trial;
        settle(trial);
        letGo(trial);
        unfinished = null;
    }

    /// Gives all that wait to a keeper. A method of its own, as are the next: its variables must not keep alive what is then
    /// collected.
    private static Trial begin() {
        List<G> goroutines = new ArrayList<>();
        List<WeakGoroutine<GoroutineSnapshot>> candidates = new ArrayList<>();
        for (WeakGoroutine<GoroutineSnapshot> one : candidates(WeakGoroutine::kept)) {
            if (one.get() instanceof G g) { // else it has ended
                goroutines.add(g);
                candidates.add(one);
            }
        }
        Goroutines.detach(candidates);
        return new Trial(candidates, Keeper.keep(goroutines));
    }

    /// Gives those that the keeper has returned to another one.
    private static Trial again(Trial trial) {
        if (trial.receipt.isLost()) {
            trial.candidates.forEach(WeakGoroutine::keeperIsLost);
            return trial;
        }
        List<G> goroutines = trial.receipt.take();
        List<WeakGoroutine<GoroutineSnapshot>> candidates = new ArrayList<>();
        for (int i = 0; i < goroutines.size(); i++) {
            G g = goroutines.get(i);
            WeakGoroutine<GoroutineSnapshot> one = trial.candidates.get(i);
            Goroutines.attach(g, one);
            candidates.add(WeakGoroutine.kept(g, one.snapshot));
        }
        Goroutines.detach(candidates);
        return new Trial(candidates, Keeper.keep(goroutines));
    }

    /// Lets the list keep those alive that something reaches. Nothing does so for the others.
    private static void letGo(Trial trial) {
        if (trial.receipt.isLost()) {
            trial.candidates.forEach(WeakGoroutine::keeperIsLost);
            trial.candidates.stream().filter(WeakGoroutine::isLeaked).forEach(LINGERING::add);
            return;
        }
        List<G> goroutines = trial.receipt.take();
        List<WeakGoroutine<GoroutineSnapshot>> suspects = new ArrayList<>();
        for (int i = 0; i < goroutines.size(); i++) {
            G g = goroutines.get(i);
            WeakGoroutine<GoroutineSnapshot> one = trial.candidates.get(i);
            Goroutines.attach(g, one);
            if (one.isOutOfReach()) {
                suspects.add(WeakGoroutine.unkept(g, one.snapshot));
            }
        }
        Goroutines.detach(suspects);
        LINGERING.addAll(suspects);
    }

    /// Collects, and waits until the keeper has been found by the collector.
    @SuppressWarnings("removal") // as in Keeper
    private static void settle(Trial trial) {
        collect();
        long start = System.nanoTime();
        while (!trial.receipt.isSettled()) {
            long waited = System.nanoTime() - start;
            if (waited > PATIENCE) {
                throw new UnsupportedOperationException(
                        "leaks are found with the help of a finalizer, and none gets its turn: is there one that does"
                                + " not return?");
            }
            if (waited > STUCK) {
                System.runFinalization();
            }
            LockSupport.parkNanos(trial, TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /// All that wait.
    private static List<WeakGoroutine<GoroutineSnapshot>> candidates(
            BiFunction<G, GoroutineSnapshot, WeakGoroutine<GoroutineSnapshot>> detach) {
        List<WeakGoroutine<GoroutineSnapshot>> candidates = new ArrayList<>();
        Map<Object, Kind> kinds = new HashMap<>();
        for (G g : Goroutines.all()) {
            GoroutineSnapshot snapshot = GoroutineSnapshot.of(g);
            if (snapshot.isWaiting()) {
                Kind kind = kinds.computeIfAbsent(snapshot.kind(), _ -> new Kind(snapshot.stack()));
                candidates.add(detach.apply(g, snapshot.frozen(kind.stack, kind.seen++ < NOTED)));
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
