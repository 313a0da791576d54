package gofer.race.rewrite;

import java.lang.classfile.ClassFile;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The fields whose accesses count: those that are neither final, nor added by a compiler or a tool, nor of the JDK.
final class Variables {

    /// A field whose accesses count.
    ///
    /// @param hasEpochs whether its class gets accessors and epochs for it
    /// @param depth the number of superclasses from the class that the instruction names to the class that declares the field
    /// @param isKnown whether its class file was found; otherwise the detector looks at the field when it is accessed
    record Variable(ClassFiles.Field field, boolean hasEpochs, int depth, boolean isKnown) {

        boolean isVolatile() {
            return field.has(ClassFile.ACC_VOLATILE);
        }
    }

    private final ClassFiles files;
    private final Predicate<String> scope; // by internal name

    Variables(ClassFiles files, Predicate<String> scope) {
        this.files = files;
        this.scope = scope;
    }

    ClassFiles files() {
        return files;
    }

    /// Returns whether the class of `field` gets accessors and epochs for it.
    boolean hasEpochs(ClassFiles.Field field) {
        return counts(field) && !field.has(ClassFile.ACC_VOLATILE) && scope.test(field.owner());
    }

    /// Excludes plain fields with the same name, which an obfuscator gives: their epochs would have the same names, too.
    private static boolean counts(ClassFiles.Field field) {
        return !field.has(ClassFile.ACC_FINAL)
                && !field.has(ClassFile.ACC_SYNTHETIC)
                && (field.isAlone() || field.has(ClassFile.ACC_VOLATILE));
    }

    /// Returns the field that an instruction accesses, or null if the access does not count or the field is not known.
    @Nullable Variable of(FieldInstruction access) {
        String owner = access.owner().asInternalName();
        return isUnknown(owner)
                ? unknown(access, owner)
                : find(owner, access.name().stringValue() + access.type().stringValue(), 0);
    }

    /// Returns whether the class file of a class or of a superclass of the program is missing: its loader does not return it.
    private boolean isUnknown(String owner) {
        String name = owner;
        while (!name.isEmpty() && !Jdk.contains(name)) {
            ClassFiles.Type type = files.of(name);
            if (type == ClassFiles.UNKNOWN) {
                return true;
            }
            name = type.parent();
        }
        return false;
    }

    private static Variable unknown(FieldInstruction access, String owner) {
        String name = access.name().stringValue();
        boolean isStatic = access.opcode() == Opcode.GETSTATIC || access.opcode() == Opcode.PUTSTATIC;
        int flags = isStatic ? ClassFile.ACC_STATIC : 0;
        var field = new ClassFiles.Field(owner, name, access.type().stringValue(), flags, true);
        return new Variable(field, false, 0, false);
    }

    private @Nullable Variable find(String owner, String key, int depth) {
        if (owner.isEmpty() || Jdk.contains(owner)) {
            return null;
        }
        ClassFiles.Type type = files.of(owner);
        ClassFiles.Field field = type.fields().get(key);
        if (field != null) {
            return counts(field) ? new Variable(field, hasEpochs(field), depth, true) : null;
        }
        return isConstant(type, key) ? null : find(type.parent(), key, depth + 1);
    }

    /// Returns the type that declares the field of an instruction if that is final and static and its initializer may have stored
    /// an object of another thread in it. Returns null otherwise, or if the field is not known.
    @Nullable String initialized(FieldInstruction access) {
        String owner = access.owner().asInternalName();
        String found = declaring(owner, access.name().stringValue() + access.type().stringValue());
        if (found == null || !hasInitializer(found)) {
            return null;
        }
        return found.equals(owner) || Initializers.areInherited(found, owner, files) ? found : null;
    }

    boolean isInterface(String name) {
        return files.of(name).isInterface();
    }

    /// Returns whether reads of final fields of a type acquire the end of its initializer.
    boolean hasInitializer(String name) {
        return scope.test(name) && Initializers.areKnown(name, files);
    }

    /// Returns the type that declares a final field; null for another field.
    private @Nullable String declaring(String owner, String key) {
        if (owner.isEmpty() || Jdk.contains(owner)) {
            return null;
        }
        ClassFiles.Type type = files.of(owner);
        ClassFiles.Field field = type.fields().get(key);
        if (field != null) {
            return Initializers.isShared(field) ? owner : null;
        }
        for (String each : type.interfaces()) {
            String found = declaring(each, key);
            if (found != null) {
                return found;
            }
        }
        return declaring(type.parent(), key);
    }

    /// Returns whether an interface of `type` declares the field.
    private boolean isConstant(ClassFiles.Type type, String key) {
        for (String name : type.interfaces()) {
            if (!Jdk.contains(name)) {
                ClassFiles.Type found = files.of(name);
                if (found.fields().containsKey(key) || isConstant(found, key)) {
                    return true;
                }
            }
        }
        return false;
    }
}
