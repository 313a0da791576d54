package gofer.testing.agent;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.FieldInstruction;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Knows which fields of a program are final, from its class files: no class is loaded for it.
final class Constants {

    /// What is known of a class: its final fields, the others, and the name of its superclass, empty if it has none.
    private record Fields(Set<String> finals, Set<String> others, String parent) {}

    private static final Fields UNKNOWN = new Fields(Set.of(), Set.of(), "");

    private final Map<String, Fields> classes = new ConcurrentHashMap<>();
    private final Function<String, byte @Nullable []> source;

    /// Looks up what it does not know yet by asking `source` for the class file of an internal name.
    Constants(Function<String, byte @Nullable []> source) {
        this.source = source;
    }

    /// Makes a class known.
    void add(ClassModel type) {
        classes.put(type.thisClass().asInternalName(), fields(type));
    }

    /// Whether `access` is to a field that is final, or of the JDK, or made by a tool that counts what was run.
    boolean isOne(FieldInstruction access) {
        String owner = access.owner().asInternalName();
        String name = access.name().stringValue();
        if (owner.startsWith("java/") || name.startsWith("$jacoco")) {
            return true;
        }
        Fields fields = of(owner);
        while (!fields.finals.contains(name) && !fields.others.contains(name) && !fields.parent.isEmpty()) {
            fields = of(fields.parent);
        }
        return fields.finals.contains(name);
    }

    private Fields of(String type) {
        Fields known = classes.get(type);
        if (known == null) { // not by computeIfAbsent: the source may come back to us
            known = look(type);
            classes.put(type, known);
        }
        return known;
    }

    private Fields look(String type) {
        try {
            byte[] file = type.startsWith("java/") ? null : source.apply(type);
            return file == null ? UNKNOWN : fields(ClassFile.of().parse(file));
        } catch (RuntimeException | LinkageError unreadable) {
            return UNKNOWN; // then its fields are no constants
        }
    }

    private static Fields fields(ClassModel type) {
        Set<String> finals = new HashSet<>();
        Set<String> others = new HashSet<>();
        for (FieldModel field : type.fields()) {
            boolean isFinal = (field.flags().flagsMask() & ClassFile.ACC_FINAL) != 0;
            (isFinal ? finals : others).add(field.fieldName().stringValue());
        }
        return new Fields(finals, others, type.superclass().map(ClassEntry::asInternalName).orElse(""));
    }
}
