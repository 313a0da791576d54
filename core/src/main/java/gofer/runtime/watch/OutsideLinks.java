package gofer.runtime.watch;

import gofer.runtime.chan.DoneChan;
import gofer.runtime.lock.WeightedCore;
import gofer.runtime.park.EndSource;
import gofer.runtime.park.Sleeper;
import gofer.runtime.park.WaitEdge;
import gofer.runtime.park.World;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The links between one world and the threads outside of it: which waits may be ended from outside, and which locks
/// are held inside. Only the goroutine that has the turn uses it, except for `expected`.
///
/// These links are kept here instead of in the objects concerned, so that they cost nothing where there is no world.
final class OutsideLinks {

    private final IdentityHashMap<Sleeper, EndSource> endings = new IdentityHashMap<>(); // what may cancel a sleep
    private final IdentityHashMap<Sleeper, Long> realDeadlines =
            new IdentityHashMap<>(); // the time of Timers.realNow at which a sleep ends
    private final Set<EndSource> expected = ConcurrentHashMap.newKeySet(); // events that start functions here
    private final IdentityHashMap<Object, Long> taken =
            new IdentityHashMap<>(); // how often goroutines of this world hold a lock

    /// Removes all links, at the end of a run with all its goroutines.
    void clear() {
        endings.clear();
        realDeadlines.clear();
        taken.clear();
        expected.clear();
    }

    void setEndSource(Sleeper sleeper, @Nullable EndSource ending) {
        if (ending == null) {
            endings.remove(sleeper);
        } else {
            endings.put(sleeper, ending);
        }
    }

    void setRealDeadline(Sleeper sleeper, long time) {
        if (time == Sleeper.NEVER) {
            realDeadlines.remove(sleeper);
        } else {
            realDeadlines.put(sleeper, time);
        }
    }

    void expect(EndSource ending) {
        expected.add(ending);
    }

    void expectNoLonger(EndSource ending) {
        expected.remove(ending);
    }

    boolean isExpected() {
        return !expected.isEmpty();
    }

    /// Returns the latest time of [Timers#realNow] at which the real clock causes one of the expected events; 0 if
    /// there is none.
    long expected() {
        long latest = 0;
        for (EndSource ending : expected) {
            latest = later(latest, ending.due());
        }
        return latest;
    }

    void acquired(Object lock, long count) {
        if (count == 0) {
            return;
        }
        taken.merge(lock, count, (before, more) -> before + more == 0 ? null : Long.valueOf(before + more));
    }

    /// Returns how often goroutines of this world have acquired `lock`, minus how often they have released it.
    long held(Object lock) {
        return taken.getOrDefault(lock, 0L);
    }

    /// Returns whether an event outside of `world`, the world of these links, may cancel or end the wait of `sleeper`.
    boolean mayEndOutside(Sleeper sleeper, World world) {
        EndSource ending = endings.get(sleeper);
        return ending != null && ending.mayComeFromOutside(world)
                || sleeper.waits().stream()
                        .anyMatch(wait ->
                                switch (wait.target()) {
                                    case DoneChan done -> done.mayCloseOutside(world);
                                    case WeightedCore semaphore -> semaphore.home() != world;
                                    default -> false;
                                });
    }

    /// Returns the latest time of [Timers#realNow] at which the real clock is known to end the wait of `sleeper`; 0 if
    /// there is none.
    long realDeadline(Sleeper sleeper) {
        long latest = Math.max(0, Objects.requireNonNullElse(realDeadlines.get(sleeper), 0L));
        if (endings.get(sleeper) instanceof EndSource ending) {
            latest = later(latest, ending.due());
        }
        for (WaitEdge wait : sleeper.waits()) {
            if (wait.target() instanceof DoneChan done) {
                latest = later(latest, done.due());
            }
        }
        return latest;
    }

    private static long later(long time, long other) {
        return other == Sleeper.NEVER ? time : Math.max(time, other);
    }
}
