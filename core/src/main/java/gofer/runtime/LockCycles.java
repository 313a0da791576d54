package gofer.runtime;

import gofer.goroutine.WaitReason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;

/// Finds goroutines that wait for each other's locks, or for their own.
public final class LockCycles {

    /*
     * Suspect are all that wait for a lock, without a deadline or a context. One that waits for a lock that is not surely
     * held by suspects is none; and so on, until all that are left wait for each other: in cycles, or behind one.
     *
     * Goroutines are looked at one by one, while others may run. So at last they are looked at again: who is still in the
     * same wait has been asleep all the time, and so holds what it was seen to hold, since who sleeps gives no lock back.
     * Only if another goroutine is to unlock for one of them, which Go allows, this is no deadlock.
     *
     * It takes no longer than it takes to name all that wait and all that hold. Each lock is asked once for its holders; all
     * that wait for it are listed once, behind all of those; and nobody is dropped twice. Of those that queue for tokens
     * each is behind the one before it, and so behind all in front, who may want more than it does.
     */

    /// A wait that a goroutine was seen in. Sleepers are used again: then the second number differs.
    private record Seen(Sleeper sleeper, int sleep) {

        boolean isStill(G g) {
            return g.sleeper() == sleeper && sleeper.sleepsForLock() && sleeper.sleep() == sleep;
        }
    }

    /// What those have in common that wait for the same.
    private record Place(Waitable lock, WaitReason reason) {}

    private final Map<G, Seen> suspects = new TreeMap<>(Comparator.comparingLong(G::id));
    private final Map<Long, G> byHolderId = new HashMap<>();
    private final Map<G, List<G>> blockers = new HashMap<>(); // none for one who is not surely blocked by suspects
    private final Map<G, List<List<G>>> behind = new HashMap<>(); // each list in common with the others in the way

    private LockCycles() {}

    /// What those do that wait for each other.
    public static Dump find() {
        return Goroutines.look(() -> search().dump());
    }

    /// Finds those that wait for each other. Looks at no goroutine unless one sleeps for a lock.
    static LockCycles search() {
        var search = new LockCycles();
        if (LockSleepers.count() != 0) {
            search.findSuspects();
            search.findBlockers();
            search.drop(search.suspects.keySet().stream().filter(g -> !search.blockers.containsKey(g)).toList());
            search.drop(search.suspects.keySet().stream().filter(search::hasGoneOn).toList());
        }
        return search;
    }

    /// Those that wait for each other, by their ids.
    Collection<G> goroutines() {
        return suspects.keySet();
    }

    /// What they do.
    Dump dump() {
        return Dump.ofWaits(suspects.keySet().stream().map(this::sight));
    }

    private Sight sight(G stuck) {
        return Sight.of(stuck).behind(blockers.getOrDefault(stuck, List.of()).stream().map(G::holderId).toList());
    }

    private void findSuspects() {
        for (G g : Goroutines.inNoOrder()) {
            if (g.sleeper() instanceof Sleeper sleeper && sleeper.sleepsForLock()) {
                suspects.put(g, new Seen(sleeper, sleeper.sleep()));
                byHolderId.put(g.holderId(), g);
            }
        }
    }

    private void findBlockers() {
        Map<Place, List<G>> waiting = new LinkedHashMap<>();
        suspects.forEach((g, seen) ->
                waiting.computeIfAbsent(new Place(seen.sleeper.lock(), seen.sleeper.reason()), _ -> new ArrayList<>())
                        .add(g));
        waiting.forEach((place, all) -> {
            List<G> holders = holders(place);
            if (holders.isEmpty() && place.lock instanceof RWMutexCore rw && place.reason == WaitReason.RWMUTEX_LOCK) {
                holders = readers(rw, waiting.getOrDefault(new Place(rw, WaitReason.RWMUTEX_RLOCK), List.of()));
            }
            if (place.lock instanceof WeightedCore tokens && !holders.isEmpty()) {
                block(holders, tokens, all);
            } else {
                block(holders, all);
            }
        });
    }

    /// The suspects that surely hold a lock, all of them; empty if that is not known.
    private List<G> holders(Place place) {
        List<Long> ids = place.lock.blockers(place.reason);
        List<G> known = ids.stream().map(byHolderId::get).filter(Objects::nonNull).toList();
        return known.size() == ids.size() ? known : List.of();
    }

    /// Several readers are known if all of them try to read again.
    private static List<G> readers(RWMutexCore rw, List<G> again) {
        return rw.isReadBy(again.stream().map(G::thread).toList()) ? again : List.of();
    }

    /// Notes that `waiting` wait for `tokens`: the first of the queue for `holders`, each other for the one before it. Behind
    /// them all are those that want more than there are.
    private void block(List<G> holders, WeightedCore tokens, List<G> waiting) {
        Set<G> others = new LinkedHashSet<>(waiting);
        List<G> before = holders;
        for (Long id : tokens.queued()) {
            G next = byHolderId.get(id);
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
    private void block(List<G> inTheWay, Collection<G> waiting) {
        if (!inTheWay.isEmpty()) {
            List<G> shared = new ArrayList<>(waiting);
            waiting.forEach(g -> blockers.put(g, inTheWay));
            inTheWay.forEach(g -> behind.computeIfAbsent(g, _ -> new ArrayList<>()).add(shared));
        }
    }

    private boolean hasGoneOn(G suspect) {
        return !Objects.requireNonNull(suspects.get(suspect)).isStill(suspect);
    }

    /// Drops those that can go on, and all that therefore can.
    private void drop(List<G> free) {
        Queue<G> left = new ArrayDeque<>(free);
        for (G g = left.poll(); g != null; g = left.poll()) {
            suspects.remove(g);
            for (List<G> waiting : behind.getOrDefault(g, List.of())) {
                left.addAll(waiting);
                waiting.clear();
            }
        }
    }
}
