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
    record Operand(int position, Effect effect) {}

    static final int RECEIVER = -1;

    // The positions of the variables for a collection that may change, and for its size before the call.
    private static final int OBJECT = -2;
    private static final int SIZE = -3;

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
            operands.add(new Operand(RECEIVER, WholeTypes.effect(call, owner)));
        }
        List<ClassDesc> parameters = call.type().parameterList();
        for (int i = 0; i < parameters.size(); i++) {
            if (WholeTypes.isTouchedArgument(call, owner, parameters.get(i).descriptorString())) {
                operands.add(new Operand(i, WholeTypes.effectOnArgument(call, owner, i)));
            }
        }
        return operands;
    }

    /// Returns the parts of a concatenation that are converted to text and may be such objects.
    static List<Operand> parts(List<ClassDesc> parts) {
        List<Operand> operands = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (WholeTypes.isPossible(parts.get(i).descriptorString())) {
                operands.add(new Operand(i, Effect.READ));
            }
        }
        return operands;
    }

    /// Writes the hooks before an instruction that takes values of these types, and the object of a call below them.
    static void write(CodeBuilder code, HookWriter writer, List<TypeKind> kinds, List<Operand> operands) {
        int last = kinds.size() - 1;
        Operand first = operands.getFirst();
        if (first.effect().isOfItem()) {
            writeItem(code, writer, kinds, first.effect() == Effect.WRITE_ITEM);
        } else if (operands.size() == 1 && first.position() == last) {
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
        switch (operand.effect()) {
            case CHANGE -> {
                code.dup().astore(writer.local(code, TypeKind.REFERENCE, OBJECT));
                writer.callAt(code, Hook.BEGIN).istore(writer.local(code, TypeKind.INT, SIZE));
            }
            case SWAP -> {
                item(code.dup().iload(writer.local(code, TypeKind.INT, 1)), writer, true);
                item(code.iload(writer.local(code, TypeKind.INT, 2)), writer, true);
            }
            case READ_VALUE -> writer.callAt(code, Hook.READ_VALUE);
            case WRITE -> writer.callAt(code, Hook.WRITE_WHOLE);
            default -> writer.callAt(code, Hook.READ_WHOLE);
        }
    }

    /// Writes the hook of an element. The list, the index and the values after it are on the stack.
    private static void writeItem(CodeBuilder code, HookWriter writer, List<TypeKind> kinds, boolean writes) {
        writer.store(code, kinds, 1);
        item(code.dup2(), writer, writes);
        writer.load(code, kinds, 1);
    }

    private static void item(CodeBuilder code, HookWriter writer, boolean writes) {
        writer.callAt(code.loadConstant(writes ? 1 : 0), Hook.USE_ITEM);
    }

    /// Writes the hook after a call that has an operand with [Effect#CHANGE].
    static void writeEnd(CodeBuilder code, HookWriter writer) {
        code.aload(writer.local(code, TypeKind.REFERENCE, OBJECT)).iload(writer.local(code, TypeKind.INT, SIZE));
        writer.callAt(code, Hook.END);
    }
}
