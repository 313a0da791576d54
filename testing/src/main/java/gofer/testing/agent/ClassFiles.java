package gofer.testing.agent;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the class files of a program by internal name: no class is loaded for it.
final class ClassFiles {

    /// What a class file says.
    ///
    /// @param parent the superclass; empty if there is none, or if there is no such class file
    /// @param interfaces the direct ones
    /// @param isInterface whether the type is one itself
    /// @param finals the final fields
    /// @param others the other fields
    /// @param methods each by name and descriptor
    record Known(
            String parent,
            List<String> interfaces,
            boolean isInterface,
            Set<String> finals,
            Set<String> others,
            Set<String> methods) {}

    /// There is no such class file.
    static final Known UNKNOWN = new Known("", List.of(), false, Set.of(), Set.of(), Set.of());

    private final Map<String, Known> types = new ConcurrentHashMap<>();
    private final Function<String, byte @Nullable []> source;

    /// Asks `source` for the class file of an internal name.
    ClassFiles(Function<String, byte @Nullable []> source) {
        this.source = source;
    }

    /// Makes a class known.
    void add(ClassModel type) {
        types.put(type.thisClass().asInternalName(), known(type));
    }

    Known of(String type) {
        Known known = types.get(type);
        if (known == null) { // not by computeIfAbsent: the source may come back to us
            known = read(type);
            types.put(type, known);
        }
        return known;
    }

    private Known read(String type) {
        try {
            byte[] file = type.startsWith("java/") ? null : source.apply(type);
            return file == null ? UNKNOWN : known(ClassFile.of().parse(file));
        } catch (RuntimeException | LinkageError unreadable) {
            return UNKNOWN;
        }
    }

    private static Known known(ClassModel type) {
        Set<String> finals = new HashSet<>();
        Set<String> others = new HashSet<>();
        for (FieldModel field : type.fields()) {
            boolean isFinal = (field.flags().flagsMask() & ClassFile.ACC_FINAL) != 0;
            (isFinal ? finals : others).add(field.fieldName().stringValue());
        }
        Set<String> methods = new HashSet<>();
        for (MethodModel method : type.methods()) {
            methods.add(method.methodName().stringValue() + method.methodType().stringValue());
        }
        return new Known(
                type.superclass().map(ClassEntry::asInternalName).orElse(""),
                type.interfaces().stream().map(ClassEntry::asInternalName).toList(),
                (type.flags().flagsMask() & ClassFile.ACC_INTERFACE) != 0,
                finals,
                others,
                methods);
    }
}
