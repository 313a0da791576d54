package gofer.testing.agent;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/// The types from which the types of a program inherit methods.
final class Origins {

    /// Stands for a type that is not known, or for an interface of the program. A class may implement the interface by
    /// extending a class of the JDK.
    static final String UNKNOWN = "?";

    private static final String OBJECT = "java/lang/Object";

    private final ClassFiles files;

    Origins(ClassFiles files) {
        this.files = files;
    }

    /// Returns the types of the JDK that may declare `method`, a name and a descriptor, with a superclass first. Returns none
    /// if a class of the program declares it, since its code has scheduling points of its own.
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

    /// Adds the interfaces of the JDK that may declare the method. A method that an interface of the program declares is not
    /// one of the JDK.
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
