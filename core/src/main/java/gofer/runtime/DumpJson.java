package gofer.runtime;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes what goroutines do as JSON.
final class DumpJson {

    private final Map<Long, Blocker> blockers;

    DumpJson(Map<Long, Blocker> blockers) {
        this.blockers = blockers;
    }

    String of(Collection<DumpGroup> groups) {
        var dump = new LinkedHashMap<String, Object>();
        dump.put("goroutines", groups.stream().mapToInt(group -> group.ids().size()).sum());
        dump.put("groups", groups.stream().map(this::of).toList());
        return Json.of(dump) + '\n';
    }

    private Map<String, Object> of(DumpGroup group) {
        var json = new LinkedHashMap<String, Object>();
        json.put("count", group.ids().size());
        json.put("ids", group.ids());
        if (group.sameName()) {
            json.put("name", group.name());
        }
        json.put("state", group.state());
        json.put("shortestWaitSeconds", group.shortest().toSeconds());
        json.put("longestWaitSeconds", group.longest().toSeconds());
        json.put(group.sameWaits() ? "waits" : "waitsOfFirst", group.waits().stream().map(this::of).toList());
        json.put("stack", group.frames().stream().map(StackTraceElement::toString).toList());
        if (!group.isMain()) {
            json.put("createdAt", group.origin().site().toString());
            if (group.sameCreator() && group.origin().creator() != 0) {
                json.put("createdBy", group.origin().creator());
            }
        }
        return json;
    }

    private Map<String, Object> of(Wait wait) {
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
        if (!known.isEmpty()) {
            json.put("blockedBy", known.stream().map(Blocker::id).toList());
        }
        return json;
    }
}
