package gofer.testing.agent;

import java.lang.classfile.instruction.FieldInstruction;

/// Knows which fields of a program are final.
final class Constants {

    private final ClassFiles files;

    Constants(ClassFiles files) {
        this.files = files;
    }

    /// Whether `access` is to a field that is final, or of the JDK, or made by a tool that counts what was run. A field of which no
    /// class file tells is none.
    boolean isOne(FieldInstruction access) {
        String owner = access.owner().asInternalName();
        String name = access.name().stringValue();
        if (owner.startsWith("java/") || name.startsWith("$jacoco")) {
            return true;
        }
        ClassFiles.Known type = files.of(owner);
        while (!type.finals().contains(name) && !type.others().contains(name) && !type.parent().isEmpty()) {
            type = files.of(type.parent());
        }
        return type.finals().contains(name);
    }
}
