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

/// Which package of the library may use which: packages of its own room, and rooms on lower floors. So no cycle leaves a room.
///
/// A sealed type may name its permitted subtypes: that is how a type of the API restricts itself to its only implementation.
final class Floors {
    /// @param name packages with the same last name share a room
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

    /// Uses only exported packages, as Go's x/sync does, so that users can write the same.
    private static final String GUEST = "gofer.group";

    /// Except a lock, which the tools inspect like the other locks.
    private static final String LOCK = "gofer.group.Weighted";

    /// Except scheduling points for tests, and annotations for compilers.
    private static final Set<String> SEAM =
            Set.of(
                    "gofer.runtime.park.World",
                    "gofer.runtime.base.SyncPoint",
                    "gofer.runtime.annotation.CheckReturnValue",
                    "gofer.runtime.annotation.CanIgnoreReturnValue");

    /// A class name of ours in names, descriptors and signatures.
    private static final Pattern OURS = Pattern.compile("(?<![\\w/])L?(gofer(?:/[a-z]\\w*)*/[A-Z]\\w*)");

    private Floors() {}

    /// Returns every forbidden edge as `class -> package: why`.
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

    /// Returns our types that `type` names, itself included.
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
