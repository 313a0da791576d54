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

/// The search for leaked goroutines: they wait forever, because nothing that can still run reaches what they wait for.
public final class LeakSearch {

    /*
     * A waiting virtual thread is kept alive only by references to it: from the queue in which it waits, and so from
     * the channel or lock to which the queue belongs; from the list of all goroutines; and from its handle. So during a
     * search the list drops its references to waiting goroutines, and the garbage collector finds out which of them are
     * garbage. A goroutine that a live goroutine, another thread, a timer or a static field could wake is not garbage.
     * Cycles of goroutines that wait for each other are.
     *
     * There are no false alarms: a collected goroutine cannot run again. But a finalizer runs after weak references
     * have been cleared, and may wake a goroutine that only it could reach. So the first collection must not take any
     * goroutine: a Keeper, a Gofer object with a finalizer, refers to all candidates and hands them back. Candidates
     * whose weak references have been cleared are suspects. At that point, the finalizers that could reach them have
     * run or are about to run. So all of this is repeated, and the candidates that are suspects again are released.
     * Phantom references show which of them are gone: the collector does not clear these while a finalizer could still
     * run. A suspect that is not gone is reachable through a chain of finalizers. It counts as a goroutine, and the
     * next search checks it again.
     *
     * Concurrent collectors treat the stack of a virtual thread as reachable once they have found it, and with it the
     * goroutine, even if only a finalizer leads there. With those collectors no Keeper is needed, and a goroutine held
     * by one would never become a suspect.
     *
     * The report about a goroutine is recorded before the search. The record keeps alive neither the goroutine nor the
     * objects that it waits for.
     *
     * Difference from Go's leak profile: in Go a leaked goroutine stays. Here it is gone, and its memory is free. Dumps
     * show it as before, marked as leaked.
     */

    /// After this many explicit collections all garbage has been found, including goroutines to which a thread had a
    /// reference a moment ago.
    private static final int COLLECTIONS = 2;

    /// After this time, the remaining finalizers are run on another thread, because the JVM's finalizer thread may be stuck
    /// in one.
    private static final long FINALIZER_PATIENCE = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    /// The state of the objects waited for is recorded for at most this many goroutines that do the same, because it
    /// takes memory.
    private static final int MAX_FACTS = 100;

    private static final List<GoroutineSnapshot> FOUND = new ArrayList<>(); // written by searches, read by inspections
    private static final List<WeakGoroutine<GoroutineSnapshot>> LINGERING =
            new ArrayList<>(); // suspects of earlier searches; used by searches
    private static @Nullable Trial unfinished; // of a search that failed; used by searches
    private static volatile int begun; // number of searches begun; written by searches
    private static int succeeded; // number of the last search that succeeded; used by searches
    private static volatile int count; // size of FOUND

    private LeakSearch() {}

    /// Returns the number of leaked goroutines found so far.
    public static int count() {
        return count;
    }

    /// Returns the snapshots of the leaked goroutines found so far.
    static List<GoroutineSnapshot> found() {
        return Goroutines.inspect(() -> List.copyOf(FOUND));
    }

    /// Searches, and returns the leaked goroutines found now or before. Excludes the main goroutine, which may wait for
    /// the end of the program.
    public static Dump find() {
        return find(_ -> true);
    }

    /// Searches as [#find()] does, and returns the leaked goroutines that `wanted` accepts.
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
            if (succeeded <= before) { // otherwise a search that began after this call has just succeeded
                begun = begun + 1;
                search();
                succeeded = begun;
            }
            return Dump.ofSnapshots(FOUND.stream().filter(snapshot -> snapshot.id() != G.MAIN).filter(wanted));
        });
    }

    /// Returns a guess: the goroutines and other threads that have waited for `time` or longer, except in sleeps.
    public static Dump suspects(Duration time) {
        return Goroutines.inspect(() -> {
            Stream<G> goroutines = Goroutines.all().stream().filter(g -> isSuspect(g, time));
            Stream<GoroutineSnapshot> threads = PlainThreads.snapshots(thread -> isSuspect(thread, time));
            return Dump.ofSnapshots(
                    Stream.concat(goroutines.map(GoroutineSnapshot::of).filter(GoroutineSnapshot::isWaiting), threads));
        });
    }

    /// Returns the same guess for threads that are not goroutines. The garbage collector does not free those, so
    /// nothing can be proved about them.
    public static Dump suspectThreads(Duration time) {
        return Goroutines.inspect(() -> Dump.ofSnapshots(PlainThreads.snapshots(thread -> isSuspect(thread, time))));
    }

    private static boolean isSuspect(Party party, Duration time) {
        return party.sleeper() instanceof Sleeper sleeper
                && sleeper.reason() != WaitReason.SLEEP
                && sleeper.time().compareTo(time) >= 0;
    }

    /// In its own class, loaded by a search, because most programs need no management beans.
    private static final class Collector {

        static final boolean STACKS_ARE_STRONG =
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .anyMatch(bean -> bean.getName().startsWith("ZGC") || bean.getName().startsWith("Shenandoah"));
    }

    /// Goroutines that are kept alive by a keeper and not by the list.
    private record Trial(List<WeakGoroutine<GoroutineSnapshot>> candidates, Keeper.Receipt receipt) {}

    private static void search() {
        try {
            if (Collector.STACKS_ARE_STRONG) {
                List<WeakGoroutine<GoroutineSnapshot>> all = candidates(WeakGoroutine::unkept);
                Goroutines.detach(all);
                LINGERING.addAll(all);
            } else {
                findTwice();
            }
            for (int i = 0; i < COLLECTIONS && LINGERING.stream().anyMatch(one -> !one.isLeaked()); i++) {
                collect();
            }
        } finally {
            Goroutines.attach();
            LINGERING.stream().filter(WeakGoroutine::isLeaked).forEach(leaked -> FOUND.add(leaked.snapshot));
            LINGERING.removeIf(one -> one.isLeaked() || one.ended || !one.isUnreachable());
            count = FOUND.size();
        }
    }

    /// Releases the goroutines that are suspects in two consecutive trials.
    private static void findTwice() {
        Trial trial = unfinished == null ? startTrial() : unfinished;
        unfinished = trial;
        settle(trial);
        trial = repeat(trial);
        unfinished = trial;
        settle(trial);
        releaseSuspects(trial);
        unfinished = null;
    }

    /// Hands all waiting goroutines to a keeper. This method and the next two are separate so that their local
    /// variables do not keep alive what is then collected.
    private static Trial startTrial() {
        List<G> goroutines = new ArrayList<>();
        List<WeakGoroutine<GoroutineSnapshot>> candidates = new ArrayList<>();
        for (WeakGoroutine<GoroutineSnapshot> one : candidates(WeakGoroutine::kept)) {
            if (one.get() instanceof G g) { // otherwise it has ended
                goroutines.add(g);
                candidates.add(one);
            }
        }
        Goroutines.detach(candidates);
        return new Trial(candidates, Keeper.keep(goroutines));
    }

    /// Hands the goroutines that the keeper has returned to another one.
    private static Trial repeat(Trial trial) {
        if (trial.receipt.isLost()) {
            trial.candidates.forEach(WeakGoroutine::markKeeperLost);
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

    /// Makes the list keep the reachable goroutines alive again. Nothing keeps the others alive.
    private static void releaseSuspects(Trial trial) {
        if (trial.receipt.isLost()) {
            trial.candidates.forEach(WeakGoroutine::markKeeperLost);
            trial.candidates.stream().filter(WeakGoroutine::isLeaked).forEach(LINGERING::add);
            return;
        }
        List<G> goroutines = trial.receipt.take();
        List<WeakGoroutine<GoroutineSnapshot>> suspects = new ArrayList<>();
        for (int i = 0; i < goroutines.size(); i++) {
            G g = goroutines.get(i);
            WeakGoroutine<GoroutineSnapshot> one = trial.candidates.get(i);
            Goroutines.attach(g, one);
            if (one.isUnreachable()) {
                suspects.add(WeakGoroutine.unkept(g, one.snapshot));
            }
        }
        Goroutines.detach(suspects);
        LINGERING.addAll(suspects);
    }

    /// Collects garbage, and waits until the collector has found the keeper.
    @SuppressWarnings("removal") // as in Keeper
    private static void settle(Trial trial) {
        collect();
        long start = System.nanoTime();
        while (!trial.receipt.isSettled()) {
            long waited = System.nanoTime() - start;
            if (waited > PATIENCE) {
                throw new UnsupportedOperationException(
                        "leaks cannot be found, because no finalizer runs: perhaps one of them does not return");
            }
            if (waited > FINALIZER_PATIENCE) {
                System.runFinalization();
            }
            LockSupport.parkNanos(trial, TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /// Returns all waiting goroutines.
    private static List<WeakGoroutine<GoroutineSnapshot>> candidates(
            BiFunction<G, GoroutineSnapshot, WeakGoroutine<GoroutineSnapshot>> detach) {
        List<WeakGoroutine<GoroutineSnapshot>> candidates = new ArrayList<>();
        Map<Object, Kind> kinds = new HashMap<>();
        for (G g : Goroutines.all()) {
            GoroutineSnapshot snapshot = GoroutineSnapshot.of(g);
            if (snapshot.isWaiting()) {
                Kind kind = kinds.computeIfAbsent(snapshot.kind(), _ -> new Kind(snapshot.stack()));
                candidates.add(detach.apply(g, snapshot.frozen(kind.stack, kind.seen++ < MAX_FACTS)));
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
                        "leaks cannot be found, because the JVM does not collect garbage on request; perhaps the"
                                + " option -XX:+DisableExplicitGC is set");
            }
            LockSupport.parkNanos(canary, TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
