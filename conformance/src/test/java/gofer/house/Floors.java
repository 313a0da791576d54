package gofer.house;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.Utf8Entry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Who may use whom inside the library. A package uses its own room, and what lies on lower floors.
final class Floors {
    /// @param name packages of one name share a room
    private record Room(int floor, String name) {}

    private static final Map<String, Room> ROOMS =
            Map.of(
                    "gofer.runtime", new Room(0, "machine room"),
                    "gofer.goroutine", new Room(0, "machine room"),
                    "gofer.chan", new Room(1, "channels"),
                    "gofer.chan.flavor", new Room(1, "channels"),
                    "gofer.sync", new Room(1, "sync"),
                    "gofer.diagnostics", new Room(1, "diagnostics"),
                    "gofer.time", new Room(2, "time"),
                    "gofer.context", new Room(3, "context"),
                    "gofer.group", new Room(4, "group"),
                    "gofer", new Room(5, "verbs"));

    /// Written on exported packages alone, as Go's x/sync is: what it needs, users can have too.
    private static final String GUEST = "gofer.group";

    /// But for what is a lock, into which tools look as into the others.
    private static final String LOCK = "gofer.group.Weighted";

    /// But for the points at which a test may let others go first, and what is for compilers.
    private static final Set<String> SEAM =
            Set.of(
                    "gofer.runtime.World",
                    "gofer.runtime.Operation",
                    "gofer.runtime.CheckReturnValue",
                    "gofer.runtime.CanIgnoreReturnValue");

    /// A class name of ours as it stands in names, descriptors and signatures.
    private static final Pattern OURS = Pattern.compile("(?<![\\w/])L?(gofer(?:/[a-z]\\w*)*/[A-Z]\\w*)");

    private Floors() {}

    /// Every forbidden edge as `class -> package: why`.
    static Set<String> violations(List<byte[]> classFiles, Set<String> exported) {
        var found = new TreeSet<String>();
        for (byte[] bytes : classFiles) {
            ClassModel type = ClassFile.of().parse(bytes);
            String from = type.thisClass().asSymbol().packageName();
            String name = from + "." + type.thisClass().asSymbol().displayName();
            if (!ROOMS.containsKey(from)) {
                found.add(name + ": its package is on no floor");
                continue;
            }
            for (String used : typesUsed(type)) {
                String to = used.substring(0, used.lastIndexOf('.'));
                boolean free = from.equals(GUEST) && (name.equals(LOCK) || SEAM.contains(used));
                String why = forbidden(from, to, free ? Set.of(to) : exported);
                if (!why.isEmpty()) found.add(name + " -> " + to + ": " + why);
            }
        }
        return found;
    }

    private static String forbidden(String from, String to, Set<String> exported) {
        Room here = ROOMS.get(from);
        Room there = ROOMS.get(to);
        if (here == null || there == null) return "on no floor";
        if (here.name().equals(there.name())) return "";
        if (here.floor() == there.floor()) return "sideways";
        if (here.floor() < there.floor()) return "upwards";
        return from.equals(GUEST) && !exported.contains(to) ? "not exported" : "";
    }

    /// The types of ours that `type` names, itself included.
    static Set<String> typesUsed(ClassModel type) {
        var used = new TreeSet<String>();
        for (var entry : type.constantPool()) {
            if (entry instanceof Utf8Entry text) {
                OURS.matcher(text.stringValue()).results().forEach(m -> used.add(m.group(1).replace('/', '.')));
            }
        }
        return used;
    }
}
