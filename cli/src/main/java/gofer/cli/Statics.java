package gofer.cli;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.FieldModel;
import java.lang.reflect.AccessFlag;
import java.util.Collection;
import java.util.Set;

/// Tells from class files whether something may be left in them when a program is over.
final class Statics {
    /// What javac makes for itself, and the constants of an enum.
    private static final Set<AccessFlag> HARMLESS = Set.of(AccessFlag.SYNTHETIC, AccessFlag.ENUM);

    private Statics() {}

    /// Whether a class has a static field that is not a constant known to javac.
    static boolean areIn(Collection<byte[]> classes) {
        return classes.stream()
                .flatMap(bytes -> ClassFile.of().parse(bytes).fields().stream())
                .anyMatch(Statics::mayChange);
    }

    private static boolean mayChange(FieldModel field) {
        Set<AccessFlag> flags = field.flags().flags();
        boolean constant =
                flags.contains(AccessFlag.FINAL) && field.findAttribute(Attributes.constantValue()).isPresent();
        return flags.contains(AccessFlag.STATIC) && !constant && flags.stream().noneMatch(HARMLESS::contains);
    }
}
