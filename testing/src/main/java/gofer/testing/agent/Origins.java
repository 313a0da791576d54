package gofer.testing.agent;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/// Finds out from where a type of a program inherits a method.
final class Origins {

    /// A type of which that is not known, or an interface: a class may extend one of the JDK's, and implement it by that.
    static final String UNKNOWN = "?";

    private static final String OBJECT = "java/lang/Object";

    private final ClassFiles files;

    Origins(ClassFiles files) {
        this.files = files;
    }

    /// The types of the JDK's that may have the method, a name and a descriptor, a superclass first; none if a class of the program
    /// has it, whose code has points of its own.
    List<String> of(String type, String method) {
        if (JdkTypes.has(type)) {
            return List.of(type);
        }
        Deque<String> all = new ArrayDeque<>();
        String name = type;
        while (!JdkTypes.has(name)) {
            ClassFiles.Known known = files.of(name);
            if (name.startsWith("gofer/") || !known.isInterface() && known.methods().contains(method)) {
                return List.of();
            }
            if (known == ClassFiles.UNKNOWN || known.isInterface()) {
                all.add(UNKNOWN);
                addInterfaces(known, method, all);
            }
            name = known.parent().isEmpty() ? OBJECT : known.parent();
        }
        if (!name.equals(OBJECT)) {
            all.addFirst(name);
        } else if (!all.isEmpty()) {
            all.addLast(name);
        }
        return List.copyOf(all);
    }

    /// Adds the interfaces of the JDK's that may have the method. One that an interface of the program has is none of theirs.
    private void addInterfaces(ClassFiles.Known type, String method, Collection<String> found) {
        if (!type.methods().contains(method)) {
            for (String name : type.interfaces()) {
                if (JdkTypes.has(name)) {
                    found.add(name);
                } else {
                    addInterfaces(files.of(name), method, found);
                }
            }
        }
    }
}
