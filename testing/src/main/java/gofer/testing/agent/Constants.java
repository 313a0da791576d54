package gofer.testing.agent;

import java.lang.classfile.instruction.FieldInstruction;

/// The fields of a program that are final.
final class Constants {

    private final ClassFiles files;

    Constants(ClassFiles files) {
        this.files = files;
    }

    /// Returns whether `access` is to a field that is final, belongs to the JDK, or was added by a coverage tool. Returns false
    /// for a field that is in no known class file.
    boolean contains(FieldInstruction access) {
        String owner = access.owner().asInternalName();
        String name = access.name().stringValue();
        if (owner.startsWith("java/") || name.startsWith("$jacoco")) {
            return true;
        }
        ClassFiles.Type type = files.of(owner);
        while (!type.finals().contains(name) && !type.others().contains(name) && !type.parent().isEmpty()) {
            type = files.of(type.parent());
        }
        return type.finals().contains(name);
    }
}
