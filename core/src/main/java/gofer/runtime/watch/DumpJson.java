package gofer.runtime.watch;

import gofer.runtime.base.Json;
import gofer.runtime.park.WaitEdge;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Writes a dump as JSON.
final class DumpJson {

    private final Map<Long, Blocker> blockers;

    DumpJson(Map<Long, Blocker> blockers) {
        this.blockers = blockers;
    }

    String of(Collection<DumpGroup> groups) {
        var dump = new LinkedHashMap<String, Object>();
        dump.put("goroutines", count(groups.stream().filter(DumpGroup::isOfGoroutines)));
        dump.put("threads", count(groups.stream().filter(group -> !group.isOfGoroutines())));
        dump.put("groups", groups.stream().map(this::of).toList());
        return Json.of(dump) + '\n';
    }

    private static int count(Stream<DumpGroup> groups) {
        return groups.mapToInt(group -> group.ids().size()).sum();
    }

    private Map<String, Object> of(DumpGroup group) {
        var json = new LinkedHashMap<String, Object>();
        json.put("kind", group.kind());
        json.put("count", group.ids().size());
        json.put("ids", group.ids());
        if (!group.isOfGoroutines()) {
            json.put("names", group.names());
        } else if (group.sameName()) {
            json.put("name", group.name());
        }
        json.put("state", group.state());
        json.put("shortestWaitSeconds", group.shortest().toSeconds());
        json.put("longestWaitSeconds", group.longest().toSeconds());
        json.put(group.sameWaits() ? "waits" : "waitsOfFirst", group.waits().stream().map(this::of).toList());
        put(json, group.sameHeld() ? "holds" : "holdsOfFirst", group.held());
        json.put("stack", group.frames().stream().map(StackTraceElement::toString).toList());
        if (group.isOfGoroutines() && !group.isMain()) {
            json.put("createdAt", group.createdAt());
            if (group.creator() != 0) {
                json.put("createdBy", group.creator());
            }
        }
        return json;
    }

    private Map<String, Object> of(WaitEdge wait) {
        var json = new LinkedHashMap<String, Object>();
        json.put("purpose", wait.purpose());
        json.put("kind", wait.target().kind());
        json.put("label", wait.target().label());
        if (!wait.target().name().isEmpty()) {
            json.put("name", wait.target().name());
        }
        json.putAll(wait.target().facts());
        if (wait.target().site() != null) {
            json.put("madeAt", wait.target().site().toString());
        }
        List<Blocker> known = Blocker.of(wait, blockers);
        put(json, "blockedBy", known.stream().filter(Blocker::isGoroutine).map(Blocker::id).toList());
        put(
                json,
                "blockedByThreads",
                known.stream().filter(blocker -> !blocker.isGoroutine()).map(DumpJson::of).toList());
        return json;
    }

    private static void put(Map<String, Object> json, String name, List<?> list) {
        if (!list.isEmpty()) {
            json.put(name, list);
        }
    }

    private static Map<String, Object> of(Blocker thread) {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", thread.id());
        json.put("name", thread.name());
        return json;
    }
}
