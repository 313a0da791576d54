package gofer.race.rewrite;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.List;

/// The hooks of calls of the JDK that access objects which are one variable each, such as collections.
final class WholeCalls {

    /// An object that a call accesses.
    ///
    /// @param position the index of the argument, or [#RECEIVER]
    record Operand(int position, boolean writes) {}

    static final int RECEIVER = -1;

    private final Origins origins;

    WholeCalls(ClassFiles files) {
        origins = new Origins(files);
    }

    /// Returns the objects that `call` accesses, in the order of the stack.
    List<Operand> operands(Call call) {
        List<Operand> operands = new ArrayList<>();
        String owner = call.isOnObject() ? origins.of(call) : call.owner();
        if (owner == null || !Jdk.contains(owner)) {
            return operands;
        }
        if (call.isOnObject() && WholeTypes.isTouchedBy(owner, call.name())) {
            operands.add(new Operand(RECEIVER, WholeTypes.isChange(call.name())));
        }
        List<ClassDesc> parameters = call.type().parameterList();
        for (int i = 0; i < parameters.size(); i++) {
            if (WholeTypes.isTouchedArgument(call, owner, parameters.get(i).descriptorString())) {
                operands.add(new Operand(i, WholeTypes.isChangedArgument(call, owner, i)));
            }
        }
        return operands;
    }

    /// Returns the parts of a concatenation that are converted to text and may be such objects.
    static List<Operand> parts(List<ClassDesc> parts) {
        List<Operand> operands = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (WholeTypes.isPossible(parts.get(i).descriptorString())) {
                operands.add(new Operand(i, false));
            }
        }
        return operands;
    }

    /// Writes the hooks before an instruction that takes values of these types, and the object of a call below them.
    static void write(CodeBuilder code, HookWriter writer, List<TypeKind> kinds, List<Operand> operands) {
        int last = kinds.size() - 1;
        Operand first = operands.getFirst();
        if (operands.size() == 1 && first.position() == last) {
            call(code.dup(), writer, first);
        } else if (operands.size() == 1 && first.position() == RECEIVER && slots(kinds) <= 2) {
            writer.copyFromBelow(code, kinds);
            call(code, writer, first);
        } else {
            writeThroughLocals(code, writer, kinds, operands);
        }
    }

    private static int slots(List<TypeKind> kinds) {
        return kinds.stream().mapToInt(TypeKind::slotSize).sum();
    }

    private static void writeThroughLocals(
            CodeBuilder code, HookWriter writer, List<TypeKind> kinds, List<Operand> operands) {
        int lowest = Math.max(0, operands.getFirst().position());
        writer.store(code, kinds, lowest);
        for (Operand operand : operands) {
            if (operand.position() == RECEIVER) {
                code.dup();
            } else {
                code.aload(writer.local(code, TypeKind.REFERENCE, operand.position()));
            }
            call(code, writer, operand);
        }
        writer.load(code, kinds, lowest);
    }

    private static void call(CodeBuilder code, HookWriter writer, Operand operand) {
        writer.callAt(code, operand.writes() ? Hook.WRITE_WHOLE : Hook.READ_WHOLE);
    }
}
