package gofer.race.edges;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The volatile fields of classes of the JDK, found in their class files. No class is loaded.
final class VolatileFields {

    /// What a class file says.
    private record Fields(String parent, Set<String> volatiles, Set<String> others) {}

    private static final Fields UNKNOWN = new Fields("", Set.of(), Set.of());

    private final Map<String, Fields> known = new ConcurrentHashMap<>();

    /// Returns whether the field that `owner` has or inherits is volatile.
    boolean contains(String owner, String name) {
        String type = owner;
        while (!type.isEmpty()) {
            Fields fields = known.get(type);
            if (fields == null) {
                fields = read(type);
                known.put(type, fields);
            }
            if (fields.volatiles.contains(name)) {
                return true;
            }
            if (fields.others.contains(name)) {
                return false;
            }
            type = fields.parent;
        }
        return false;
    }

    private static Fields read(String type) {
        try (InputStream file = Object.class.getResourceAsStream("/" + type + ".class")) {
            return file == null ? UNKNOWN : fields(ClassFile.of().parse(file.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Fields fields(ClassModel type) {
        Set<String> volatiles = new HashSet<>();
        Set<String> others = new HashSet<>();
        for (FieldModel field : type.fields()) {
            boolean isVolatile = (field.flags().flagsMask() & ClassFile.ACC_VOLATILE) != 0;
            (isVolatile ? volatiles : others).add(field.fieldName().stringValue());
        }
        return new Fields(type.superclass().map(ClassEntry::asInternalName).orElse(""), volatiles, others);
    }
}
