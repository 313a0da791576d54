package gofer.runtime.watch;

import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.goroutine.Party;
import gofer.runtime.park.WaitEdge;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The owners of the monitors that goroutines wait to enter, looked up for one dump.
///
/// The JDK does not provide the owner of a monitor, so the monitors that each thread holds must be determined. This is
/// done once, when it is first needed. Owners change quickly, so the result for one owner is checked again before use.
final class MonitorOwners {

    private @Nullable IdentityHashMap<Object, Party> owners; // by identity of the monitor; null until needed

    /// Returns `snapshot` with the owners of the monitors that it waits to enter.
    GoroutineSnapshot withOwners(GoroutineSnapshot snapshot) {
        return snapshot.waits().stream().anyMatch(MonitorOwners::isForMonitor)
                ? snapshot.withWaits(this::withOwners)
                : snapshot;
    }

    /// Returns whether `wait` is a wait to enter a monitor. A wait to be notified does not depend on the owner.
    private static boolean isForMonitor(WaitEdge wait) {
        return wait.target() instanceof JavaMonitor
                && wait.purpose().equals(ExternalWait.TO_ENTER)
                && wait.blockers().isEmpty();
    }

    private WaitEdge withOwners(WaitEdge wait) {
        if (!(wait.target() instanceof JavaMonitor monitor) || !isForMonitor(wait)) {
            return wait;
        }
        Party owner = monitor.object() == null ? null : ownerOf(monitor.object());
        return owner == null
                ? new WaitEdge(wait.purpose(), new JavaMonitor(monitor.object(), true), List.of())
                : new WaitEdge(wait.purpose(), monitor, List.of(owner.holderId()));
    }

    private @Nullable Party ownerOf(Object monitor) {
        if (owners == null) {
            owners = findAll();
        }
        Party owner = owners.get(monitor);
        return owner != null && holds(owner, monitor) ? owner : null;
    }

    private static boolean holds(Party party, Object monitor) {
        return party.startedThread() instanceof Thread thread
                && ThreadSnapshots.of(thread) instanceof ThreadSnapshots.Monitors monitors
                && monitors.held().stream().anyMatch(held -> held == monitor);
    }

    /// Returns the owners of all held monitors. Returns none if there are very many goroutines, because inspecting all
    /// takes too long.
    private static IdentityHashMap<Object, Party> findAll() {
        if (Goroutines.count() > Dump.MANY) {
            return new IdentityHashMap<>();
        }
        List<Party> all = new ArrayList<>();
        Goroutines.inNoOrder().forEach(all::add);
        PlainThreads.all().forEach(all::add);
        return among(all);
    }

    /// Returns the monitors that `parties` hold, by identity, each with its owner.
    static IdentityHashMap<Object, Party> among(Collection<Party> parties) {
        IdentityHashMap<Object, Party> owners = new IdentityHashMap<>();
        for (Party party : parties) {
            if (party.startedThread() instanceof Thread thread
                    && ThreadSnapshots.of(thread) instanceof ThreadSnapshots.Monitors monitors) {
                monitors.held().forEach(held -> owners.put(held, party));
            }
        }
        return owners;
    }
}
