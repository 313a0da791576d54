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

/// Finds goroutines, and other threads, that wait for each other's locks, or for their own.
public final class LockCycles {

    /*
     * Suspect are all that wait for a lock, without a deadline or a context. One that waits for a lock that is not surely
     * held by suspects is none; and so on, until all that are left wait for each other: in cycles, or behind one.
     *
     * They are looked at one by one, while others may run. So at last they are looked at again: who is still in the
     * same wait has been asleep all the time, and so holds what it was seen to hold, since who sleeps gives no lock back.
     * Only if another is to unlock for one of them, which Go allows, this is no deadlock.
     *
     * It takes no longer than it takes to name all that wait and all that hold. Each lock is asked once for its holders; all
     * that wait for it are listed once, behind all of those; and nobody is dropped twice. Of those that queue for permits
     * each is behind the one before it, and so behind all in front, who may want more than it does.
     *
     * Monitors of Java's and locks of java.util.concurrent may be part of a cycle. Waits for those have no numbers, so who is
     * in the same wait again may have been elsewhere. But two that wait for each other, both at one instant, do so for
     * ever; if they do not, one of them is on its way whenever the other one is seen to wait. So all of it is done again many
     * times, at random distances, and has to be the same each time.
     */

    /// So often those are looked at that wait for a lock that is not ours.
    private static final int LOOKS = 30;

    /// The longest time between two such looks, in nanoseconds.
    private static final long DISTANCE = 1_000_000;

    /// What those have in common that wait for the same.
    private record Place(WaitTarget lock, WaitReason reason) {}

    /// Goroutines first.
    private static final Comparator<Party> ORDER =
            Comparator.<Party, Boolean>comparing(party -> party.origin() == null).thenComparingLong(Party::id);

    private final Map<Party, LockWait> suspects = new TreeMap<>(ORDER);
    private final Map<Long, Party> byHolderId = new HashMap<>();
    private final Map<Party, List<Party>> blockers =
            new HashMap<>(); // none for one who is not surely blocked by suspects
    private final Map<Party, List<List<Party>>> behind =
            new HashMap<>(); // each list in common with the others in the way

    private LockCycles() {}

    /// What those do that wait for each other.
    public static Dump find() {
        return Goroutines.look(() -> search(true).dump());
    }

    /// How many goroutines wait for monitors of Java's and locks of java.util.concurrent.
    public static int waitingForJdk() {
        return Goroutines.look(() -> {
            int count = 0;
            for (G g : Goroutines.inNoOrder()) {
                count += g.hasThread() && g.sleeper() == null && ExternalWait.isForLock(g.thread()) ? 1 : 0;
            }
            return count;
        });
    }

    /// Finds those that wait for each other. Looks at nobody unless one sleeps for a lock of ours.
    ///
    /// @param ofJdk whether to look for those, too, that wait for monitors of Java's and locks of java.util.concurrent: at
    ///     everybody
    static LockCycles search(boolean ofJdk) {
        LockCycles found = among(candidates(ofJdk));
        for (int look = 1; look < LOOKS && found.isOfJdk(); look++) {
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
        if (World.isAny()) {
            all.removeIf(party -> !World.isOfSame(party.thread())); // a schedule's deadlock is none of the program's
        }
        return all;
    }

    private static LockCycles among(List<Party> candidates) {
        var search = new LockCycles();
        search.findSuspects(candidates);
        search.findBlockers();
        search.drop(search.suspects.keySet().stream().filter(g -> !search.blockers.containsKey(g)).toList());
        search.drop(search.suspects.keySet().stream().filter(search::hasGoneOn).toList());
        return search;
    }

    private boolean isOfJdk() {
        return suspects.values().stream().anyMatch(stop -> !(stop instanceof LockWait.Asleep));
    }

    /// Those that wait here and there for the same, and for the same others.
    private List<Party> unchanged(LockCycles later) {
        return suspects.keySet().stream()
                .filter(party ->
                        Objects.equals(suspects.get(party), later.suspects.get(party))
                                && Objects.equals(blockers.get(party), later.blockers.get(party)))
                .toList();
    }

    /// Those that wait for each other, by their ids.
    Collection<Party> parties() {
        return suspects.keySet();
    }

    /// What they do.
    Dump dump() {
        return Dump.ofWaits(suspects.keySet().stream().map(this::snapshot));
    }

    private GoroutineSnapshot snapshot(Party stuck) {
        return GoroutineSnapshot.of(stuck, true)
                .behind(blockers.getOrDefault(stuck, List.of()).stream().map(Party::holderId).toList());
    }

    private void findSuspects(List<Party> candidates) {
        for (Party party : candidates) {
            if (LockWait.of(party) instanceof LockWait stop) {
                suspects.put(party, stop);
                byHolderId.put(party.holderId(), party);
            }
        }
    }

    private void findBlockers() {
        Map<Place, List<Party>> waiting = new LinkedHashMap<>();
        Map<Party, LockWait> ofJdk = new LinkedHashMap<>();
        suspects.forEach((party, stop) -> {
            if (stop instanceof LockWait.Asleep(Sleeper sleeper, _)) {
                waiting.computeIfAbsent(new Place(sleeper.lock(), sleeper.reason()), _ -> new ArrayList<>()).add(party);
            } else {
                ofJdk.put(party, stop);
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
        boolean atMonitors = waiting.values().stream().anyMatch(stop -> stop instanceof LockWait.AtMonitor);
        IdentityHashMap<Object, Party> owners = MonitorOwners.among(atMonitors ? suspects.keySet() : List.of());
        waiting.forEach((party, stop) -> {
            Party owner =
                    switch (stop) {
                        case LockWait.AtMonitor(Object monitor) -> owners.get(monitor);
                        case LockWait.AtLock(_, Thread thread) -> byHolderId.get(HolderId.of(thread));
                        case LockWait.Asleep _ -> null;
                    };
            block(owner == null ? List.of() : List.of(owner), List.of(party));
        });
    }

    /// The suspects that surely hold a lock, all of them; empty if that is not known.
    private List<Party> holders(Place place) {
        List<Long> ids = place.lock.blockers(place.reason);
        List<Party> known = ids.stream().map(byHolderId::get).filter(Objects::nonNull).toList();
        return known.size() == ids.size() ? known : List.of();
    }

    /// Several readers are known if all of them try to read again.
    private static List<Party> readers(RWMutexCore rw, List<Party> again) {
        return rw.isReadBy(again.stream().map(Party::thread).toList()) ? again : List.of();
    }

    /// Notes that `waiting` wait for `permits`: the first of the queue for `holders`, each other for the one before it. Behind
    /// them all are those that want more than there are.
    private void block(List<Party> holders, WeightedCore permits, List<Party> waiting) {
        Set<Party> others = new LinkedHashSet<>(waiting);
        List<Party> before = holders;
        for (Long id : permits.queued()) {
            Party next = byHolderId.get(id);
            if (next == null) { // it may be called off
                before = List.of();
            } else {
                others.remove(next);
                block(before, List.of(next));
                before = List.of(next);
            }
        }
        block(before, others);
    }

    /// Notes that `waiting` are stuck if all of `inTheWay` are, and there are any.
    private void block(List<Party> inTheWay, Collection<Party> waiting) {
        if (!inTheWay.isEmpty()) {
            List<Party> shared = new ArrayList<>(waiting);
            waiting.forEach(g -> blockers.put(g, inTheWay));
            inTheWay.forEach(g -> behind.computeIfAbsent(g, _ -> new ArrayList<>()).add(shared));
        }
    }

    private boolean hasGoneOn(Party suspect) {
        return !Objects.equals(suspects.get(suspect), LockWait.of(suspect));
    }

    /// Drops those that can go on, and all that therefore can.
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
