package gofer.runtime.watch;

import gofer.runtime.goroutine.G;
import gofer.runtime.goroutine.Goroutines;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A snapshot of what goroutines do, and of other threads that wait for Gofer objects. Goroutines that do the same
/// form one group, so that a dump of a million takes little more room than their ids.
///
/// @param groups in the order of their first ids
/// @param blockers the blockers named by [WaitEdge#blockers]
public record Dump(Collection<DumpGroup> groups, Map<Long, Blocker> blockers) {

    /// If there are more goroutines than this, a dump does not include the monitors that they hold, because that takes
    /// longer than the rest.
    static final int MANY = 10_000;

    /// Returns a dump of all goroutines, and of other threads that sleep in a Gofer wait. It keeps alive the objects
    /// that they wait for, so a caller that keeps it for more than a moment calls this within [Goroutines#inspect].
    public static Dump take() {
        return allBut(null);
    }

    /// Returns a dump as [#take] does, without one goroutine.
    public static Dump allBut(@Nullable G one) {
        return Goroutines.inspect(() -> takeAllBut(one));
    }

    private static Dump takeAllBut(@Nullable G one) {
        List<G> all = Goroutines.all();
        boolean monitors = all.size() <= MANY;
        Stream<GoroutineSnapshot> others =
                all.stream().filter(g -> g != one).map(g -> GoroutineSnapshot.of(g, monitors));
        Stream<GoroutineSnapshot> leaked =
                LeakSearch.found().stream()
                        .map(snapshot ->
                                snapshot.id() == G.MAIN
                                        ? snapshot
                                        : snapshot.withState(snapshot.state() + " (leaked)"));
        return ofSnapshots(Stream.concat(Stream.concat(others, leaked), PlainThreads.snapshots()));
    }

    /// Returns a dump of `goroutines`.
    static Dump of(Stream<G> goroutines) {
        return ofSnapshots(goroutines.map(GoroutineSnapshot::of));
    }

    /// Returns a dump of `snapshots` in which a group contains only goroutines that wait for the same object.
    static Dump ofWaits(Stream<GoroutineSnapshot> snapshots) {
        return of(snapshots, snapshot -> List.of(snapshot.kind(), snapshot.labels()));
    }

    /// Returns a dump of `snapshots`.
    static Dump ofSnapshots(Stream<GoroutineSnapshot> snapshots) {
        return of(snapshots, GoroutineSnapshot::kind);
    }

    private static Dump of(Stream<GoroutineSnapshot> snapshots, Function<GoroutineSnapshot, Object> kind) {
        Map<Object, DumpGroup> groups = new LinkedHashMap<>();
        var owners = new MonitorOwners();
        snapshots
                .map(owners::withOwners)
                .forEachOrdered(snapshot ->
                        groups.computeIfAbsent(kind.apply(snapshot), _ -> new DumpGroup(snapshot)).add(snapshot));
        return new Dump(groups.values(), blockers(groups.values()));
    }

    private static Map<Long, Blocker> blockers(Collection<DumpGroup> groups) {
        Set<Long> wanted = new HashSet<>();
        for (DumpGroup group : groups) {
            group.waits().forEach(wait -> wanted.addAll(wait.blockers()));
        }
        Map<Long, Blocker> found = new HashMap<>();
        if (!wanted.isEmpty()) {
            Stream.concat(PlainThreads.all(), Goroutines.all().stream())
                    .filter(party -> wanted.contains(party.holderId()))
                    .forEach(party -> found.put(party.holderId(), Blocker.of(party)));
            wanted.forEach(id -> found.computeIfAbsent(id, Blocker::unknown));
        }
        return found;
    }

    /// Returns the dump as text, in the style of Go's dumps.
    public String text() {
        StringBuilder text = new StringBuilder();
        new DumpText(text, blockers).append(groups);
        return text.toString();
    }

    /// Returns a dump of all goroutines as text, after the stack of the current thread.
    public static String withCaller() {
        return Goroutines.inspect(Dump::takeWithCaller);
    }

    private static String takeWithCaller() {
        G current = G.current();
        Dump dump = allBut(current);
        StringBuilder text = new StringBuilder();
        new DumpText(text, dump.blockers).appendCaller(current).append(dump.groups);
        return text.toString();
    }

    /// Returns `group`, one of the groups, as text.
    public String text(DumpGroup group) {
        StringBuilder text = new StringBuilder();
        new DumpText(text, blockers).append(List.of(group));
        return text.toString();
    }

    /// Returns what the goroutines of `group` wait for, as text.
    public List<String> waits(DumpGroup group) {
        return group.waits().stream().map(wait -> DumpText.text(wait, blockers)).toList();
    }

    /// Returns the dump as a JSON object.
    public String json() {
        return new DumpJson(blockers).of(groups);
    }
}
