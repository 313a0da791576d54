package gofer.race.rewrite;

import org.jspecify.annotations.Nullable;

/// The types of the JDK from which the types of a program inherit methods.
final class Origins {

    private static final String OBJECT = "java/lang/Object";

    private final ClassFiles files;

    Origins(ClassFiles files) {
        this.files = files;
    }

    /// Returns the type of the JDK that declares the method of a call on an object. Returns null if a class of the program
    /// declares it, because its code has hooks of its own, or if it is not known.
    @Nullable String of(Call call) {
        String name = call.owner();
        if (name.startsWith("[")) {
            return null;
        }
        String ofInterface = null;
        while (!Jdk.contains(name)) {
            ClassFiles.Type type = files.of(name);
            if (type == ClassFiles.UNKNOWN || type.methods().contains(call.method())) {
                return null;
            }
            if (ofInterface == null) {
                ofInterface = interfaceOf(type, call);
            }
            name = type.parent();
        }
        return name.equals(OBJECT) && ofInterface != null ? ofInterface : name;
    }

    /// Returns an interface of the JDK that may declare the method.
    private @Nullable String interfaceOf(ClassFiles.Type type, Call call) {
        for (String name : type.interfaces()) {
            String found;
            if (Jdk.contains(name)) {
                found = WholeTypes.isTouchedBy(name, call.name()) ? name : null;
            } else {
                ClassFiles.Type next = files.of(name);
                found = next.methods().contains(call.method()) ? null : interfaceOf(next, call);
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
