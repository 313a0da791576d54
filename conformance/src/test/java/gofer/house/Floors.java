package gofer.house;

import static java.util.Map.entry;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.Utf8Entry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Which package may use which inside the library: its own room, and rooms on lower floors. So no circle leaves its room.
///
/// A sealed type may name what it permits: that is how a type of the API keeps its only implementation to itself.
final class Floors {
    /// @param name packages of one name share a room
    private record Room(int floor, String name) {}

    private static final Map<String, Room> ROOMS =
            Map.ofEntries(
                    entry("gofer.runtime.annotation", new Room(0, "annotations")),
                    entry("gofer.goroutine", new Room(1, "words")),
                    entry("gofer.runtime.base", new Room(2, "base")),
                    entry("gofer.runtime.sched", new Room(3, "scheduler")),
                    entry("gofer.runtime.park", new Room(4, "waiting")),
                    entry("gofer.runtime.goroutine", new Room(5, "goroutines")),
                    entry("gofer.runtime.chan", new Room(6, "channels within")),
                    entry("gofer.runtime.lock", new Room(6, "locks")),
                    entry("gofer.runtime.watch", new Room(7, "watch")),
                    entry("gofer.runtime.program", new Room(8, "program")),
                    entry("gofer.chan", new Room(9, "channels")),
                    entry("gofer.chan.flavor", new Room(9, "channels")),
                    entry("gofer.sync", new Room(9, "sync")),
                    entry("gofer.diagnostics", new Room(9, "diagnostics")),
                    entry("gofer.time", new Room(10, "time")),
                    entry("gofer.context", new Room(11, "context")),
                    entry("gofer.group", new Room(12, "group")),
                    entry("gofer", new Room(13, "verbs")));

    /// Written on exported packages alone, as Go's x/sync is: what it needs, users can have too.
    private static final String GUEST = "gofer.group";

    /// But for what is a lock, into which tools look as into the others.
    private static final String LOCK = "gofer.group.Weighted";

    /// But for the points at which a test may let others go first, and what is for compilers.
    private static final Set<String> SEAM =
            Set.of(
                    "gofer.runtime.park.World",
                    "gofer.runtime.base.SyncPoint",
                    "gofer.runtime.annotation.CheckReturnValue",
                    "gofer.runtime.annotation.CanIgnoreReturnValue");

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
        type.findAttribute(Attributes.permittedSubclasses())
                .ifPresent(sealed ->
                        sealed.permittedSubclasses()
                                .forEach(one -> used.remove(one.asInternalName().replace('/', '.'))));
        return used;
    }
}
