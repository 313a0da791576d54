package gofer.cli;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// A check for state that a program may leave in its classes.
final class StaticState {
    /// Fields that javac generates, and the constants of an enum.
    private static final Set<AccessFlag> HARMLESS = Set.of(AccessFlag.SYNTHETIC, AccessFlag.ENUM);

    private StaticState() {}

    /// Returns whether a class has a static field that is not a compile-time constant, or enters the monitor of a class.
    /// Goroutines of an abandoned schedule may own such a monitor forever.
    static boolean isIn(Collection<byte[]> classes) {
        return classes.stream()
                .map(bytes -> ClassFile.of().parse(bytes))
                .anyMatch(type ->
                        type.fields().stream().anyMatch(StaticState::mayChange)
                                || type.methods().stream().anyMatch(StaticState::mayLockClass));
    }

    private static boolean mayLockClass(MethodModel method) {
        boolean entersMonitor = false;
        boolean loadsClass = false;
        for (CodeElement element : method.code().map(CodeModel::elementList).orElse(List.of())) {
            entersMonitor |= element instanceof MonitorInstruction;
            loadsClass |= element instanceof ConstantInstruction load && load.constantValue() instanceof ClassDesc;
        }
        return entersMonitor && loadsClass;
    }

    private static boolean mayChange(FieldModel field) {
        Set<AccessFlag> flags = field.flags().flags();
        boolean constant =
                flags.contains(AccessFlag.FINAL) && field.findAttribute(Attributes.constantValue()).isPresent();
        return flags.contains(AccessFlag.STATIC) && !constant && flags.stream().noneMatch(HARMLESS::contains);
    }
}
