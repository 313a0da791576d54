package gofer.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What goroutines do, at about one instant. Those that do the same are taken together, so that a dump of a million takes
/// little more room than their ids.
///
/// @param groups in the order of the first ids
/// @param blockers the goroutines that are named by [Wait#blocker]
public record Dump(Collection<DumpGroup> groups, Map<Long, Blocker> blockers) {

    /// A look at all goroutines.
    public static Dump take() {
        return withLeaked(Goroutines.all());
    }

    /// A look at some goroutines, and those that have leaked.
    private static Dump withLeaked(Collection<G> goroutines) {
        Stream<Sight> leaked =
                Leaked.found().stream()
                        .map(sight -> sight.id() == G.MAIN ? sight : sight.in(sight.state() + " (leaked)"));
        return of(Stream.concat(goroutines.stream().map(Sight::of), leaked));
    }

    /// A look at some goroutines.
    static Dump of(Collection<G> goroutines) {
        return of(goroutines.stream().map(Sight::of));
    }

    /// What some goroutines did.
    static Dump of(Stream<Sight> sights) {
        Map<Object, DumpGroup> groups = new LinkedHashMap<>();
        sights.forEachOrdered(sight -> groups.computeIfAbsent(sight.kind(), _ -> new DumpGroup(sight)).add(sight));
        return new Dump(groups.values(), blockers(groups.values()));
    }

    private static Map<Long, Blocker> blockers(Collection<DumpGroup> groups) {
        Set<Long> wanted = new HashSet<>();
        for (DumpGroup group : groups) {
            group.waits().forEach(wait -> wanted.add(wait.blocker()));
        }
        wanted.remove(0L);
        Map<Long, Blocker> found = new HashMap<>();
        if (!wanted.isEmpty()) {
            for (G g : Goroutines.all()) {
                if (wanted.contains(g.holderId())) {
                    found.put(g.holderId(), new Blocker(g.id(), g.toString()));
                }
            }
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
        @Nullable G current = G.current();
        List<G> others = new ArrayList<>(Goroutines.all());
        others.remove(current);
        Dump dump = withLeaked(others);
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
