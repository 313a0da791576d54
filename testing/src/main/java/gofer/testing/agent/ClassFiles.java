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

/// The class files of a program by internal name, read without loading the classes.
final class ClassFiles {

    /// The contents of a class file.
    ///
    /// @param parent the superclass; empty if there is none, or if there is no such class file
    /// @param interfaces the direct superinterfaces
    /// @param isInterface whether the type is an interface
    /// @param finals the final fields
    /// @param others the other fields
    /// @param methods the methods, by name and descriptor
    record Known(
            String parent,
            List<String> interfaces,
            boolean isInterface,
            Set<String> finals,
            Set<String> others,
            Set<String> methods) {}

    /// The result if there is no such class file.
    static final Known UNKNOWN = new Known("", List.of(), false, Set.of(), Set.of(), Set.of());

    private final Map<String, Known> types = new ConcurrentHashMap<>();
    private final Function<String, byte @Nullable []> source;

    /// Gets the class file of an internal name from `source`.
    ClassFiles(Function<String, byte @Nullable []> source) {
        this.source = source;
    }

    /// Adds a class.
    void add(ClassModel type) {
        types.put(type.thisClass().asInternalName(), known(type));
    }

    Known of(String type) {
        Known known = types.get(type);
        if (known == null) { // not computeIfAbsent, since `source` may call this method again
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
