package gofer.runtime;

import gofer.goroutine.WaitReason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Finds goroutines that wait for each other's locks, or for their own.
public final class LockCycles {

    /*
     * Suspect are all that wait for a lock, without a deadline or a context. One that waits for a lock that is not surely
     * held by suspects is none; and so on, until all that are left wait for each other: in cycles, or behind one.
     *
     * Goroutines are looked at one by one, while others may run. So at last they are looked at again: who is still in the
     * same wait has been asleep all the time, and so holds what it was seen to hold, since who sleeps gives no lock back.
     * Only if another goroutine is to unlock for one of them, which Go allows, this is no deadlock.
     */

    /// A wait that a goroutine was seen in. Sleepers are used again: then the second number differs.
    private record Seen(Sleeper sleeper, int sleep) {

        boolean isStill(G g) {
            return g.sleeper() == sleeper && sleeper.sleepsForLock() && sleeper.sleep() == sleep;
        }
    }

    private final Map<G, Seen> suspects = new LinkedHashMap<>();
    private final Map<Long, G> byHolderId = new HashMap<>();
    private final Map<G, List<G>> blockers = new HashMap<>();

    private LockCycles() {}

    /// What those do that wait for each other.
    public static Dump find() {
        var search = new LockCycles();
        search.search();
        return Dump.ofWaits(search.suspects.keySet().stream().map(search::sight));
    }

    /// Those that wait for each other, by their ids.
    static Collection<G> goroutines() {
        var search = new LockCycles();
        search.search();
        return search.suspects.keySet();
    }

    private void search() {
        findSuspects();
        dropWhoCanGoOn();
        suspects.entrySet().removeIf(suspect -> !suspect.getValue().isStill(suspect.getKey()));
        dropWhoCanGoOn();
    }

    private Sight sight(G stuck) {
        return Sight.of(stuck).behind(blockers.getOrDefault(stuck, List.of()).stream().map(G::holderId).toList());
    }

    private void findSuspects() {
        for (G g : Goroutines.all()) {
            if (g.sleeper() instanceof Sleeper sleeper && sleeper.sleepsForLock()) {
                suspects.put(g, new Seen(sleeper, sleeper.sleep()));
                byHolderId.put(g.holderId(), g);
            }
        }
        suspects.forEach((g, seen) -> blockers.put(g, blockers(seen.sleeper)));
    }

    /// The suspects that surely hold what `sleeper` waits for, all of them, and those who have to be served before it; empty
    /// if that is not known.
    private List<G> blockers(Sleeper sleeper) {
        Waitable lock = sleeper.lock();
        List<Long> ids = new ArrayList<>(lock.blockers(sleeper.reason()));
        if (lock instanceof WeightedCore tokens && !ids.isEmpty()) { // one in front may want more than it does
            ids.addAll(tokens.inFrontOf(sleeper));
        }
        List<G> known = ids.stream().map(byHolderId::get).filter(Objects::nonNull).toList();
        if (!known.isEmpty() && known.size() == ids.size()) {
            return known;
        }
        return lock instanceof RWMutexCore rw && sleeper.reason() == WaitReason.RWMUTEX_LOCK
                ? readersOf(rw)
                : List.of();
    }

    /// Several readers are known if all of them try to read again.
    private List<G> readersOf(RWMutexCore rw) {
        List<G> readers = new ArrayList<>();
        suspects.forEach((g, seen) -> {
            if (seen.sleeper.lock() == rw && seen.sleeper.reason() == WaitReason.RWMUTEX_RLOCK) {
                readers.add(g);
            }
        });
        return rw.isReadBy(readers.stream().map(G::thread).toList()) ? readers : List.of();
    }

    private void dropWhoCanGoOn() {
        while (suspects.keySet().removeIf(this::canGoOn)) {
            // then so can those who wait for one that was dropped
        }
    }

    private boolean canGoOn(G suspect) {
        List<G> inTheWay = blockers.getOrDefault(suspect, List.of());
        return inTheWay.isEmpty() || !suspects.keySet().containsAll(inTheWay);
    }
}
