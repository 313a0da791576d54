package gofer.runtime.watch;

import gofer.goroutine.WaitReason;
import gofer.runtime.base.LockSleepers;
import gofer.runtime.goroutine.G;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.goroutine.Party;
import gofer.runtime.lock.RWMutexCore;
import gofer.runtime.lock.WeightedCore;
import gofer.runtime.park.HolderId;
import gofer.runtime.park.Sleeper;
import gofer.runtime.park.WaitTarget;
import gofer.runtime.park.World;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/// A search for goroutines and other threads that wait for each other's locks, or for their own.
public final class LockCycles {

    /*
     * The suspects are all goroutines and threads that wait for a lock without a deadline or a context. A suspect is
     * dropped if its lock is not certainly held by suspects. This is repeated until all remaining suspects wait for
     * each other: in cycles, or behind one.
     *
     * The suspects are inspected one by one, while others may run. So at the end they are inspected again. A suspect
     * that is still in the same wait has been asleep all the time, and so still holds the locks that it held, because a
     * sleeping thread releases no lock. The one exception is a lock that another goroutine will unlock in its place,
     * which Go allows.
     *
     * The time is proportional to the number of waiters and holders. The holders of each lock are determined once;
     * the waiters of a lock are listed once, behind all its holders; and no suspect is dropped twice. A request for
     * permits is behind the one queued before it, and so behind all earlier ones, which may request more permits.
     *
     * Java monitors and java.util.concurrent locks may be part of a cycle. Waits for those have no numbers, so a thread
     * that is seen in the same wait may have left it and come back. But two threads that wait for each other at one
     * instant do so forever. If they do not, one of them is running whenever the other is seen waiting. So the search
     * is repeated many times, at random intervals, and must have the same result each time.
     */

    /// The number of searches if a cycle contains locks other than Gofer's.
    private static final int SEARCHES = 30;

    /// The longest pause between two such searches, in nanoseconds.
    private static final long DISTANCE = 1_000_000;

    /// A lock and a purpose: the key of the waiters that wait for the same lock for the same purpose.
    private record Place(WaitTarget lock, WaitReason reason) {}

    /// Sorts goroutines before other threads.
    private static final Comparator<Party> ORDER =
            Comparator.<Party, Boolean>comparing(party -> party.origin() == null).thenComparingLong(Party::id);

    private final Map<Party, LockWait> suspects = new TreeMap<>(ORDER);
    private final Map<Long, Party> byHolderId = new HashMap<>();
    private final Map<Party, List<Party>> blockers =
            new HashMap<>(); // no entry for a suspect that is not certainly blocked by suspects
    private final Map<Party, List<List<Party>>> behind =
            new HashMap<>(); // each list is shared with the other blockers of its elements

    private LockCycles() {}

    /// Returns a dump of the goroutines and threads that wait for each other.
    public static Dump find() {
        return Goroutines.inspect(() -> search(true).dump());
    }

    /// Returns the number of goroutines that wait for Java monitors or java.util.concurrent locks.
    public static int waitingForJdk() {
        return Goroutines.inspect(() -> {
            int count = 0;
            for (G g : Goroutines.inNoOrder()) {
                boolean waits =
                        g.startedThread() instanceof Thread thread
                                && g.sleeper() == null
                                && ExternalWait.isForLock(thread);
                count += waits ? 1 : 0;
            }
            return count;
        });
    }

    /// Finds the goroutines and threads that wait for each other. Without `ofJdk`, inspects nothing unless a thread
    /// sleeps for a Gofer lock.
    ///
    /// @param ofJdk whether to include waits for Java monitors and java.util.concurrent locks, which requires an inspection of
    ///     all threads
    static LockCycles search(boolean ofJdk) {
        LockCycles found = among(candidates(ofJdk));
        for (int search = 1; search < SEARCHES && found.isOfJdk(); search++) {
            LockSupport.parkNanos(found, ThreadLocalRandom.current().nextLong(DISTANCE));
            found = among(found.unchanged(among(List.copyOf(found.suspects.keySet()))));
        }
        return found;
    }

    private static List<Party> candidates(boolean ofJdk) {
        List<Party> all = new ArrayList<>();
        if (ofJdk || LockSleepers.count() != 0) {
            Goroutines.inNoOrder().forEach(all::add);
        }
        if (ofJdk) {
            PlainThreads.all().forEach(all::add);
        } else if (!all.isEmpty()) {
            all.addAll(PlainThreads.asleep());
        }
        if (World.wasUsed()) {
            // deadlocks of worlds are not the program's
            all.removeIf(party -> !(party.startedThread() instanceof Thread thread && World.isOfSame(thread)));
        }
        return all;
    }

    private static LockCycles among(List<Party> candidates) {
        var search = new LockCycles();
        search.findSuspects(candidates);
        search.findBlockers();
        search.drop(search.suspects.keySet().stream().filter(g -> !search.blockers.containsKey(g)).toList());
        search.drop(search.suspects.keySet().stream().filter(search::hasContinued).toList());
        return search;
    }

    private boolean isOfJdk() {
        return suspects.values().stream().anyMatch(wait -> !(wait instanceof LockWait.Asleep));
    }

    /// Returns the suspects that wait for the same lock, behind the same blockers, in both searches.
    private List<Party> unchanged(LockCycles later) {
        return suspects.keySet().stream()
                .filter(party ->
                        Objects.equals(suspects.get(party), later.suspects.get(party))
                                && Objects.equals(blockers.get(party), later.blockers.get(party)))
                .toList();
    }

    /// Returns the goroutines and threads that wait for each other, sorted by id.
    Collection<Party> parties() {
        return suspects.keySet();
    }

    /// Returns a dump of them.
    Dump dump() {
        return Dump.ofWaits(suspects.keySet().stream().map(this::snapshot));
    }

    private GoroutineSnapshot snapshot(Party stuck) {
        return GoroutineSnapshot.of(stuck, true)
                .withBlockers(blockers.getOrDefault(stuck, List.of()).stream().map(Party::holderId).toList());
    }

    private void findSuspects(List<Party> candidates) {
        for (Party party : candidates) {
            if (LockWait.of(party) instanceof LockWait wait) {
                suspects.put(party, wait);
                byHolderId.put(party.holderId(), party);
            }
        }
    }

    private void findBlockers() {
        Map<Place, List<Party>> waiting = new LinkedHashMap<>();
        Map<Party, LockWait> ofJdk = new LinkedHashMap<>();
        suspects.forEach((party, wait) -> {
            if (wait instanceof LockWait.Asleep(Sleeper sleeper, _)) {
                waiting.computeIfAbsent(new Place(sleeper.lock(), sleeper.reason()), _ -> new ArrayList<>()).add(party);
            } else {
                ofJdk.put(party, wait);
            }
        });
        findBlockersOfJdk(ofJdk);
        waiting.forEach((place, all) -> {
            List<Party> holders = holders(place);
            if (holders.isEmpty() && place.lock instanceof RWMutexCore rw && place.reason == WaitReason.RWMUTEX_LOCK) {
                holders = readers(rw, waiting.getOrDefault(new Place(rw, WaitReason.RWMUTEX_RLOCK), List.of()));
            }
            if (place.lock instanceof WeightedCore permits && !holders.isEmpty()) {
                block(holders, permits, all);
            } else {
                block(holders, all);
            }
        });
    }

    private void findBlockersOfJdk(Map<Party, LockWait> waiting) {
        boolean atMonitors = waiting.values().stream().anyMatch(wait -> wait instanceof LockWait.AtMonitor);
        IdentityHashMap<Object, Party> owners = MonitorOwners.among(atMonitors ? suspects.keySet() : List.of());
        waiting.forEach((party, wait) -> {
            Party owner =
                    switch (wait) {
                        case LockWait.AtMonitor(Object monitor) -> owners.get(monitor);
                        case LockWait.AtLock(_, Thread thread) -> byHolderId.get(HolderId.of(thread));
                        case LockWait.Asleep _ -> null;
                    };
            block(owner == null ? List.of() : List.of(owner), List.of(party));
        });
    }

    /// Returns the holders of a lock if all of them are certainly suspects; otherwise an empty list.
    private List<Party> holders(Place place) {
        List<Long> ids = place.lock.blockers(place.reason);
        List<Party> known = ids.stream().map(byHolderId::get).filter(Objects::nonNull).toList();
        return known.size() == ids.size() ? known : List.of();
    }

    /// Returns the readers if all of them are trying to lock for reading again; otherwise an empty list. The holders of
    /// a lock with several readers are known only then.
    private static List<Party> readers(RWMutexCore rw, List<Party> again) {
        List<Thread> threads = again.stream().map(Party::startedThread).filter(Objects::nonNull).toList();
        return rw.isReadBy(threads) ? again : List.of();
    }

    /// Records that `waiting` wait for `permits`: the first in the queue is blocked by `holders`, and each other one by
    /// the one before it. Requests for more permits than there are follow last.
    private void block(List<Party> holders, WeightedCore permits, List<Party> waiting) {
        Set<Party> others = new LinkedHashSet<>(waiting);
        List<Party> before = holders;
        for (Long id : permits.queued()) {
            Party next = byHolderId.get(id);
            if (next == null) { // this waiter can be cancelled
                before = List.of();
            } else {
                others.remove(next);
                block(before, List.of(next));
                before = List.of(next);
            }
        }
        block(before, others);
    }

    /// Records that all of `waiting` are stuck if all of `blocking` are stuck and there are any.
    private void block(List<Party> blocking, Collection<Party> waiting) {
        if (!blocking.isEmpty()) {
            List<Party> shared = new ArrayList<>(waiting);
            waiting.forEach(g -> blockers.put(g, blocking));
            blocking.forEach(g -> behind.computeIfAbsent(g, _ -> new ArrayList<>()).add(shared));
        }
    }

    private boolean hasContinued(Party suspect) {
        return !Objects.equals(suspects.get(suspect), LockWait.of(suspect));
    }

    /// Drops the suspects that can continue, and all suspects that can continue as a result.
    private void drop(List<Party> free) {
        Queue<Party> left = new ArrayDeque<>(free);
        for (Party g = left.poll(); g != null; g = left.poll()) {
            suspects.remove(g);
            for (List<Party> waiting : behind.getOrDefault(g, List.of())) {
                left.addAll(waiting);
                waiting.clear();
            }
        }
    }
}
