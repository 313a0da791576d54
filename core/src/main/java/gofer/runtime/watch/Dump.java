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

/// What goroutines do, and other threads that wait for each other by our means, at about one instant. Those that do the same are taken together, so that a dump of a million takes
/// little more room than their ids.
///
/// @param groups in the order of the first ids
/// @param blockers those that are named by [Wait#blockers]
public record Dump(Collection<DumpGroup> groups, Map<Long, Blocker> blockers) {

    /// Of more goroutines nobody looks at the monitors that they hold: that takes longer than the rest.
    static final int MANY = 10_000;

    /// A look at all goroutines, and at the other threads that sleep in one of our waits. It keeps alive what they wait for:
    /// a caller that holds it for more than a moment takes it within [Goroutines#look].
    public static Dump take() {
        return allBut(null);
    }

    /// The same, but for one goroutine.
    public static Dump allBut(@Nullable G one) {
        return Goroutines.look(() -> lookAtAllBut(one));
    }

    private static Dump lookAtAllBut(@Nullable G one) {
        List<G> all = Goroutines.all();
        boolean monitors = all.size() <= MANY;
        Stream<GoroutineSnapshot> others =
                all.stream().filter(g -> g != one).map(g -> GoroutineSnapshot.of(g, monitors));
        Stream<GoroutineSnapshot> leaked =
                LeakSearch.found().stream()
                        .map(snapshot ->
                                snapshot.id() == G.MAIN ? snapshot : snapshot.in(snapshot.state() + " (leaked)"));
        return ofSnapshots(Stream.concat(Stream.concat(others, leaked), PlainThreads.snapshots()));
    }

    /// A look at some goroutines.
    static Dump of(Stream<G> goroutines) {
        return ofSnapshots(goroutines.map(GoroutineSnapshot::of));
    }

    /// What some goroutines did, in which those are together that wait for the very same.
    static Dump ofWaits(Stream<GoroutineSnapshot> snapshots) {
        return of(snapshots, snapshot -> List.of(snapshot.kind(), snapshot.labels()));
    }

    /// What some goroutines did.
    static Dump ofSnapshots(Stream<GoroutineSnapshot> snapshots) {
        return of(snapshots, GoroutineSnapshot::kind);
    }

    private static Dump of(Stream<GoroutineSnapshot> snapshots, Function<GoroutineSnapshot, Object> kind) {
        Map<Object, DumpGroup> groups = new LinkedHashMap<>();
        var owners = new MonitorOwners();
        snapshots
                .map(owners::named)
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

    /// As text, in the style of Go's.
    public String text() {
        StringBuilder text = new StringBuilder();
        new DumpText(text, blockers).append(groups);
        return text.toString();
    }

    /// A look at all goroutines, as text, after the stack of the current thread.
    public static String withCaller() {
        return Goroutines.look(Dump::lookAtAll);
    }

    private static String lookAtAll() {
        G current = G.current();
        Dump dump = allBut(current);
        StringBuilder text = new StringBuilder();
        new DumpText(text, dump.blockers).appendCaller(current).append(dump.groups);
        return text.toString();
    }

    /// One of the groups as text.
    public String text(DumpGroup group) {
        StringBuilder text = new StringBuilder();
        new DumpText(text, blockers).append(List.of(group));
        return text.toString();
    }

    /// What those of one of the groups wait for, as text.
    public List<String> waits(DumpGroup group) {
        return group.waits().stream().map(wait -> DumpText.text(wait, blockers)).toList();
    }

    /// As a JSON object.
    public String json() {
        return new DumpJson(blockers).of(groups);
    }
}
