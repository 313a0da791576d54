package gofer.runtime;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What all goroutines do, at about one instant. Those that do the same are taken together, so that a dump of a million
/// takes little more room than their ids.
///
/// @param groups in the order of the first ids
/// @param blockers the goroutines that are named by [Wait#blocker]
public record Dump(Collection<DumpGroup> groups, Map<Long, G> blockers) {

    /// A look at all goroutines.
    public static Dump take() {
        return take(null);
    }

    /// A look at all goroutines but one.
    static Dump take(@Nullable G without) {
        Map<Object, DumpGroup> groups = new LinkedHashMap<>();
        List<G> all = Goroutines.all();
        for (G g : all) {
            if (g != without) {
                Sight sight = Sight.of(g);
                groups.computeIfAbsent(sight.kind(), _ -> new DumpGroup(sight)).add(sight);
            }
        }
        return new Dump(groups.values(), blockers(groups.values(), all));
    }

    private static Map<Long, G> blockers(Collection<DumpGroup> groups, List<G> all) {
        Set<Long> wanted = new HashSet<>();
        for (DumpGroup group : groups) {
            group.waits().forEach(wait -> wanted.add(wait.blocker()));
        }
        wanted.remove(0L);
        Map<Long, G> found = new HashMap<>();
        if (!wanted.isEmpty()) {
            for (G g : all) {
                if (wanted.contains(g.holderId())) {
                    found.put(g.holderId(), g);
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

    /// The same, after the stack of the current thread.
    public static String withCaller() {
        G current = G.current();
        Dump others = take(current);
        StringBuilder text = new StringBuilder();
        new DumpText(text, others.blockers).appendCaller(current).append(others.groups);
        return text.toString();
    }

    /// As a JSON object.
    public String json() {
        return new DumpJson(blockers).of(groups);
    }
}
