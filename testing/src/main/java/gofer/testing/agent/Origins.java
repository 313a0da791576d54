package gofer.testing.agent;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/// The types of the JDK from which the types of a program inherit methods.
final class Origins {

    /// Represents an unknown type, or an interface of the program. A class may implement such an interface by extending a class
    /// of the JDK.
    static final String UNKNOWN = "?";

    private static final String OBJECT = "java/lang/Object";

    private final ClassFiles files;

    Origins(ClassFiles files) {
        this.files = files;
    }

    /// Returns the types of the JDK that may declare `method`, a name and a descriptor. A superclass comes first. The result is
    /// empty if a class of the program declares the method, because its code has scheduling points of its own.
    List<String> of(String typeName, String method) {
        if (JdkTypes.contains(typeName)) {
            return List.of(typeName);
        }
        Deque<String> all = new ArrayDeque<>();
        String name = typeName;
        while (!JdkTypes.contains(name)) {
            ClassFiles.Type type = files.of(name);
            if (name.startsWith("gofer/") || !type.isInterface() && type.methods().contains(method)) {
                return List.of();
            }
            if (type == ClassFiles.UNKNOWN || type.isInterface()) {
                all.add(UNKNOWN);
                addInterfaces(type, method, all);
            }
            name = type.parent().isEmpty() ? OBJECT : type.parent();
        }
        if (!name.equals(OBJECT)) {
            all.addFirst(name);
        } else if (!all.isEmpty()) {
            all.addLast(name);
        }
        return List.copyOf(all);
    }

    /// Adds the interfaces of the JDK that may declare the method, unless an interface of the program declares it.
    private void addInterfaces(ClassFiles.Type type, String method, Collection<String> found) {
        if (!type.methods().contains(method)) {
            for (String name : type.interfaces()) {
                if (JdkTypes.contains(name)) {
                    found.add(name);
                } else {
                    addInterfaces(files.of(name), method, found);
                }
            }
        }
    }
}
