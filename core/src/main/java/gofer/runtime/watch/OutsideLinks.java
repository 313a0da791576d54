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

/// Links between one world and the threads outside it: which waits may be ended from outside, and which locks are held inside. Only the
/// goroutine that has the turn uses it.
///
/// It is kept here, not in the objects that it is about, so that it costs nothing where there is no world.
final class OutsideLinks {

    private final IdentityHashMap<Sleeper, EndSource> endings = new IdentityHashMap<>(); // of what may call off a sleep
    private final IdentityHashMap<Sleeper, Long> dues =
            new IdentityHashMap<>(); // times of Timers.realNow at which a sleep is over
    private final Set<EndSource> expected = ConcurrentHashMap.newKeySet(); // then functions are to run here
    private final IdentityHashMap<Object, Long> taken =
            new IdentityHashMap<>(); // of a lock, by goroutines of this world

    /// The run is over, and with it all goroutines.
    void clear() {
        endings.clear();
        dues.clear();
        taken.clear();
        expected.clear();
    }

    void calledOffBy(Sleeper sleeper, @Nullable EndSource ending) {
        if (ending == null) {
            endings.remove(sleeper);
        } else {
            endings.put(sleeper, ending);
        }
    }

    void due(Sleeper sleeper, long time) {
        if (time == Sleeper.NEVER) {
            dues.remove(sleeper);
        } else {
            dues.put(sleeper, time);
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

    /// The latest of the times of [Timers#realNow] at which one of those comes by the real clock; 0 if none does.
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

    /// How often, less what was given back, `lock` has been taken here.
    long held(Object lock) {
        return taken.getOrDefault(lock, 0L);
    }

    /// Whether somebody outside of `world`, which this is of, may call off or end the wait of `sleeper`.
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

    /// The latest of the times of [Timers#realNow] at which the real clock is known to end the wait of `sleeper`; 0 if there
    /// is none.
    long due(Sleeper sleeper) {
        long latest = Math.max(0, Objects.requireNonNullElse(dues.get(sleeper), 0L));
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
