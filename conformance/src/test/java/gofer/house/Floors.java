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

/// Checks which package of the library uses which. A package may use packages of its own group, and of groups on lower
/// floors. So cycles exist only within a group.
///
/// A sealed type may name its permitted subtypes: in this way a type of the API restricts itself to its only
/// implementation.
final class Floors {
    /// @param name the name of the group; packages with the same name are one group
    private record Group(int floor, String name) {}

    private static final Map<String, Group> GROUPS =
            Map.ofEntries(
                    entry("gofer.runtime.annotation", new Group(0, "annotations")),
                    entry("gofer.goroutine", new Group(1, "goroutine types")),
                    entry("gofer.runtime.base", new Group(2, "base")),
                    entry("gofer.runtime.sched", new Group(3, "scheduler")),
                    entry("gofer.runtime.park", new Group(4, "waiting")),
                    entry("gofer.runtime.goroutine", new Group(5, "goroutines")),
                    entry("gofer.runtime.chan", new Group(6, "channel internals")),
                    entry("gofer.runtime.lock", new Group(6, "locks")),
                    entry("gofer.runtime.watch", new Group(7, "watch")),
                    entry("gofer.runtime.program", new Group(8, "program")),
                    entry("gofer.chan", new Group(9, "channels")),
                    entry("gofer.chan.flavor", new Group(9, "channels")),
                    entry("gofer.sync", new Group(9, "sync")),
                    entry("gofer.diagnostics", new Group(9, "diagnostics")),
                    entry("gofer.time", new Group(10, "time")),
                    entry("gofer.context", new Group(11, "context")),
                    entry("gofer.group", new Group(12, "group")),
                    entry("gofer.signal", new Group(12, "signal")),
                    entry("gofer.trace", new Group(12, "trace")),
                    entry("gofer", new Group(13, "functions")),
                    entry("gofer.interop", new Group(14, "interop")),
                    entry("gofer.pipeline", new Group(14, "pipeline")));

    /// Packages that use only exported packages, like Go's x/sync, so that users can write the same.
    private static final Set<String> RESTRICTED = Set.of("gofer.group", "gofer.interop", "gofer.pipeline");

    /// Types of these packages without the restriction: a lock, which the tools inspect like the other locks, its arm,
    /// and a group whose limit is that of a wait group.
    private static final Set<String> UNRESTRICTED_TYPES =
            Set.of("gofer.group.Weighted", "gofer.group.Acquisition", "gofer.group.ErrGroup");

    /// Types that these packages may use nevertheless: scheduling points for tests, annotations for compilers, and what goroutines
    /// carry.
    private static final Set<String> ALLOWED_TYPES =
            Set.of(
                    "gofer.runtime.goroutine.CapturedBody",
                    "gofer.runtime.goroutine.Carriers",
                    "gofer.runtime.park.World",
                    "gofer.runtime.base.SyncPoint",
                    "gofer.runtime.annotation.CheckReturnValue",
                    "gofer.runtime.annotation.CanIgnoreReturnValue");

    /// A class name of Gofer in names, descriptors and signatures.
    private static final Pattern GOFER_CLASS = Pattern.compile("(?<![\\w/])L?(gofer(?:/[a-z]\\w*)*/[A-Z]\\w*)");

    private Floors() {}

    /// Returns every forbidden edge as `class -> package: why`.
    static Set<String> violations(List<byte[]> classFiles, Set<String> exported) {
        var found = new TreeSet<String>();
        for (byte[] bytes : classFiles) {
            ClassModel type = ClassFile.of().parse(bytes);
            String from = type.thisClass().asSymbol().packageName();
            String name = from + "." + type.thisClass().asSymbol().displayName();
            if (!GROUPS.containsKey(from)) {
                found.add(name + ": its package is on no floor");
                continue;
            }
            for (String used : typesUsed(type)) {
                String to = used.substring(0, used.lastIndexOf('.'));
                boolean free =
                        RESTRICTED.contains(from)
                                && (UNRESTRICTED_TYPES.contains(name) || ALLOWED_TYPES.contains(used));
                String why = forbidden(from, to, free ? Set.of(to) : exported);
                if (!why.isEmpty()) found.add(name + " -> " + to + ": " + why);
            }
        }
        return found;
    }

    private static String forbidden(String from, String to, Set<String> exported) {
        Group here = GROUPS.get(from);
        Group there = GROUPS.get(to);
        if (here == null || there == null) return "on no floor";
        if (here.name().equals(there.name())) return "";
        if (here.floor() == there.floor()) return "sideways";
        if (here.floor() < there.floor()) return "upwards";
        return RESTRICTED.contains(from) && !exported.contains(to) ? "not exported" : "";
    }

    /// Returns the types of Gofer that `type` names, including itself.
    static Set<String> typesUsed(ClassModel type) {
        var used = new TreeSet<String>();
        for (var entry : type.constantPool()) {
            if (entry instanceof Utf8Entry text) {
                GOFER_CLASS.matcher(text.stringValue()).results().forEach(m -> used.add(m.group(1).replace('/', '.')));
            }
        }
        type.findAttribute(Attributes.permittedSubclasses())
                .ifPresent(sealed ->
                        sealed.permittedSubclasses()
                                .forEach(one -> used.remove(one.asInternalName().replace('/', '.'))));
        return used;
    }
}
