package gofer.testing.agent;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ConstantDescs;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A transform that adds the scheduling points to one method.
final class MethodPoints implements CodeTransform {

    private final ClassModel type;
    private final MethodModel method;
    private final CodeModel original;
    private final SharedAccesses guard;
    private final Bridges bridges;
    private final boolean lock; // whether it is a synchronized method, which becomes a block
    private final Set<Integer> unshared = new HashSet<>(); // indices of accesses to objects that have not escaped
    private final Set<Integer> filled; // indices of calls with an array of their own
    private final PointWriter writer = new PointWriter();
    private int at; // the index of the current element
    private @Nullable Label body;

    MethodPoints(
            ClassModel type,
            MethodModel method,
            CodeModel original,
            SharedAccesses guard,
            Bridges bridges,
            boolean lock) {
        this.type = type;
        this.method = method;
        this.original = original;
        this.guard = guard;
        this.bridges = bridges;
        this.lock = lock;
        UnsharedArrays arrays = UnsharedArrays.of(type, original);
        filled = arrays.filled();
        unshared.addAll(arrays.elements());
        if (method.methodName().equalsString(ConstantDescs.INIT_NAME)) {
            unshared.addAll(Construction.unshared(type, original));
        }
    }

    @Override
    public void atStart(CodeBuilder code) {
        if (lock) {
            SynchronizedMethods.enter(type, method, original, code);
            body = code.newBoundLabel();
        }
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
        Point point = unshared.contains(at) ? null : guard.of(element, filled.contains(at));
        at++;
        switch (element) {
            case InvokeDynamicInstruction made when point == null -> bridges.write(code, made);
            case InvokeInstruction call when point != null -> {
                if (writer.write(code, Call.of(call), point)) {
                    code.with(element);
                }
            }
            default -> {
                if (point != null) {
                    point(code, element, point);
                } else if (lock && element instanceof ReturnInstruction) {
                    SynchronizedMethods.exit(type, method, code);
                }
                code.with(element);
            }
        }
    }

    @Override
    public void atEnd(CodeBuilder code) {
        Handler.end(
                type,
                original,
                code,
                body,
                SynchronizedMethods.locals(type, method),
                last -> SynchronizedMethods.exit(type, method, last));
    }

    /// Returns the maximum size in bytes of a scheduling point before `element`.
    static int length(CodeElement element, Point point) {
        return switch (element) {
            case InvokeInstruction call -> PointWriter.length(point, call.typeSymbol().parameterList());
            case InvokeDynamicInstruction made -> PointWriter.length(point, made.typeSymbol().parameterList());
            default -> PointWriter.SHORT;
        };
    }

    private void point(CodeBuilder code, CodeElement element, Point point) {
        switch (element) {
            case ArrayLoadInstruction _ -> code.dup2().invokestatic(GoferPoints.SELF, "read", GoferPoints.ELEMENT);
            case ArrayStoreInstruction store -> {
                if (store.typeKind().slotSize() == 1) {
                    code.dup_x2().pop().dup2_x1();
                } else {
                    code.dup2_x2().pop2().dup2_x2();
                }
                code.invokestatic(GoferPoints.SELF, "write", GoferPoints.ELEMENT);
            }
            case FieldInstruction field when field.opcode() == Opcode.GETFIELD ->
                    PointWriter.tell(code.dup(), point.what());
            case FieldInstruction field when field.opcode() == Opcode.PUTFIELD ->
                    writer.write(code, point, List.of(field.typeSymbol()));
            case FieldInstruction field -> PointWriter.tell(loadClass(code, field), point.what());
            case InvokeDynamicInstruction made when RecordMethods.isOne(made) -> RecordMethods.write(code, made, point);
            case InvokeDynamicInstruction made -> writer.write(code, point, made.typeSymbol().parameterList());
            default -> PointWriter.tell(code.dup(), point.what());
        }
    }

    /// Loads the class of a static field, or its name if the class file version has no class constants.
    private CodeBuilder loadClass(CodeBuilder code, FieldInstruction field) {
        return type.majorVersion() >= ClassFile.JAVA_5_VERSION
                ? code.ldc(field.owner())
                : code.loadConstant(field.owner().asInternalName().replace('/', '.'));
    }
}
