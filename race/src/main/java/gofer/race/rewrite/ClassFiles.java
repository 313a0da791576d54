package gofer.race.rewrite;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A reader of class files, by internal name. It does not load the classes.
final class ClassFiles {

    /// A field in a class file.
    ///
    /// @param isAlone whether no other field of the class has the same name
    record Field(String owner, String name, String descriptor, int flags, boolean isAlone) {

        boolean has(int flag) {
            return (flags & flag) != 0;
        }

        boolean isStatic() {
            return has(ClassFile.ACC_STATIC);
        }
    }

    /// The contents of a class file.
    ///
    /// @param parent the superclass; empty if there is none, or if there is no such class file
    /// @param fields the fields, by name and descriptor
    /// @param methods the names and descriptors of the methods
    /// @param annotations the internal names of the annotations of the class
    /// @param majorVersion the version of the class file
    record Type(
            int flags,
            String parent,
            List<String> interfaces,
            Map<String, Field> fields,
            Set<String> methods,
            List<String> annotations,
            int majorVersion) {

        boolean isInterface() {
            return (flags & ClassFile.ACC_INTERFACE) != 0;
        }
    }

    /// The result if there is no such class file.
    static final Type UNKNOWN = new Type(0, "", List.of(), Map.of(), Set.of(), List.of(), 0);

    private final Map<String, Type> types = new ConcurrentHashMap<>();
    private final Function<String, byte @Nullable []> source;

    /// Gets the class file of an internal name from `source`.
    ClassFiles(Function<String, byte @Nullable []> source) {
        this.source = source;
    }

    /// Returns the class files that `loader` finds.
    static ClassFiles of(@Nullable ClassLoader loader) {
        return new ClassFiles(loader == null ? ClassFiles::ofSystem : ofLoader(new WeakReference<>(loader)));
    }

    private static byte @Nullable [] ofSystem(String name) {
        return read(ClassLoader.getSystemResourceAsStream(name + ".class"));
    }

    private static Function<String, byte @Nullable []> ofLoader(WeakReference<ClassLoader> reference) {
        return name -> {
            ClassLoader loader = reference.get();
            return loader == null ? null : read(loader.getResourceAsStream(name + ".class"));
        };
    }

    private static byte @Nullable [] read(@Nullable InputStream file) {
        try (file) {
            return file == null ? null : file.readAllBytes();
        } catch (IOException unreadable) {
            return null;
        }
    }

    /// Adds a class.
    void add(ClassModel type) {
        types.put(type.thisClass().asInternalName(), typeOf(type));
    }

    /// Returns the contents of a class file, or [#UNKNOWN] if there is none.
    Type of(String name) {
        Type type = types.get(name);
        if (type == null) { // not computeIfAbsent, because `source` may call this method again
            type = parse(name);
            types.put(name, type);
        }
        return type;
    }

    private Type parse(String name) {
        try {
            byte[] file = source.apply(name);
            return file == null ? UNKNOWN : typeOf(ClassFile.of().parse(file));
        } catch (RuntimeException | LinkageError unreadable) {
            return UNKNOWN;
        }
    }

    private static Type typeOf(ClassModel type) {
        Set<String> methods = new HashSet<>();
        for (MethodModel method : type.methods()) {
            methods.add(method.methodName().stringValue() + method.methodType().stringValue());
        }
        return new Type(
                type.flags().flagsMask(),
                type.superclass().map(ClassEntry::asInternalName).orElse(""),
                type.interfaces().stream().map(ClassEntry::asInternalName).toList(),
                fieldsOf(type),
                methods,
                annotations(type),
                type.majorVersion());
    }

    /// Returns the internal names of the annotations of a class or method.
    static List<String> annotations(AttributedElement annotated) {
        return annotated
                .findAttribute(Attributes.runtimeVisibleAnnotations())
                .map(RuntimeVisibleAnnotationsAttribute::annotations)
                .orElse(List.of())
                .stream()
                .map(each -> each.className().stringValue())
                .map(each -> each.substring(1, each.length() - 1))
                .toList();
    }

    private static Map<String, Field> fieldsOf(ClassModel type) {
        Map<String, Integer> counts = new HashMap<>();
        for (FieldModel field : type.fields()) {
            counts.merge(field.fieldName().stringValue(), 1, Integer::sum);
        }
        Map<String, Field> fields = new HashMap<>();
        for (FieldModel field : type.fields()) {
            String name = field.fieldName().stringValue();
            String descriptor = field.fieldType().stringValue();
            boolean isAlone = Integer.valueOf(1).equals(counts.get(name));
            fields.put(
                    name + descriptor,
                    new Field(type.thisClass().asInternalName(), name, descriptor, field.flags().flagsMask(), isAlone));
        }
        return fields;
    }
}
