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

/// A reader of the class files of a program, by internal name. It does not load the classes.
final class ClassFiles {

    /// The contents of a class file.
    ///
    /// @param parent the superclass; empty if there is none, or if there is no such class file
    /// @param interfaces the direct superinterfaces
    /// @param isInterface whether the type is an interface
    /// @param finals the final fields
    /// @param others the other fields
    /// @param methods the methods, by name and descriptor
    record Type(
            String parent,
            List<String> interfaces,
            boolean isInterface,
            Set<String> finals,
            Set<String> others,
            Set<String> methods) {}

    /// The result if there is no such class file.
    static final Type UNKNOWN = new Type("", List.of(), false, Set.of(), Set.of(), Set.of());

    private final Map<String, Type> types = new ConcurrentHashMap<>();
    private final Function<String, byte @Nullable []> source;

    /// Gets the class file of an internal name from `source`.
    ClassFiles(Function<String, byte @Nullable []> source) {
        this.source = source;
    }

    /// Adds a class.
    void add(ClassModel type) {
        types.put(type.thisClass().asInternalName(), typeOf(type));
    }

    /// Returns the contents of a class file, or [#UNKNOWN] if there is none.
    Type of(String name) {
        Type type = types.get(name);
        if (type == null) { // not computeIfAbsent, because `source` may call this method again
            type = read(name);
            types.put(name, type);
        }
        return type;
    }

    private Type read(String name) {
        try {
            byte[] file = name.startsWith("java/") ? null : source.apply(name);
            return file == null ? UNKNOWN : typeOf(ClassFile.of().parse(file));
        } catch (RuntimeException | LinkageError unreadable) {
            return UNKNOWN;
        }
    }

    private static Type typeOf(ClassModel type) {
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
        return new Type(
                type.superclass().map(ClassEntry::asInternalName).orElse(""),
                type.interfaces().stream().map(ClassEntry::asInternalName).toList(),
                (type.flags().flagsMask() & ClassFile.ACC_INTERFACE) != 0,
                finals,
                others,
                methods);
    }
}
