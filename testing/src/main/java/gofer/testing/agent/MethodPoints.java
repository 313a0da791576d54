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
    private final PointFinder finder;
    private final Bridges bridges;
    private final boolean isSynchronized; // a synchronized method becomes a block
    private final Set<Integer> unshared = new HashSet<>(); // indices of accesses to objects that have not escaped
    private final Set<Integer> filled; // indices of calls with an array that was created for the call
    private final PointWriter writer = new PointWriter();
    private int at; // the index of the current element
    private @Nullable Label body;

    MethodPoints(
            ClassModel type,
            MethodModel method,
            CodeModel original,
            PointFinder finder,
            Bridges bridges,
            boolean isSynchronized) {
        this.type = type;
        this.method = method;
        this.original = original;
        this.finder = finder;
        this.bridges = bridges;
        this.isSynchronized = isSynchronized;
        UnsharedArrays arrays = UnsharedArrays.of(type, original);
        filled = arrays.filled();
        unshared.addAll(arrays.elements());
        if (method.methodName().equalsString(ConstantDescs.INIT_NAME)) {
            unshared.addAll(Construction.unshared(type, original));
        }
    }

    @Override
    public void atStart(CodeBuilder code) {
        if (isSynchronized) {
            SynchronizedMethods.enter(type, method, original, code);
            body = code.newBoundLabel();
        }
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
        Point point = unshared.contains(at) ? null : finder.of(element, filled.contains(at));
        at++;
        switch (element) {
            case InvokeDynamicInstruction dynamic when point == null -> bridges.write(code, dynamic);
            case InvokeInstruction call when point != null -> {
                if (writer.write(code, Call.of(call), point)) {
                    writer.call(code, Call.of(call), point, () -> code.with(element));
                }
            }
            default -> {
                if (point != null) {
                    point(code, element, point);
                } else if (isSynchronized && element instanceof ReturnInstruction) {
                    SynchronizedMethods.exit(type, method, code);
                }
                code.with(element);
            }
        }
    }

    @Override
    public void atEnd(CodeBuilder code) {
        MethodEnd.write(
                type,
                original,
                code,
                body,
                SynchronizedMethods.locals(type, method),
                cleanup -> SynchronizedMethods.exit(type, method, cleanup));
    }

    /// Returns the maximum size in bytes of a scheduling point before `element`.
    static int length(CodeElement element, Point point) {
        return switch (element) {
            case InvokeInstruction call ->
                    PointWriter.length(point, call.typeSymbol().parameterList())
                            + PointWriter.callLength(Call.of(call), point);
            case InvokeDynamicInstruction dynamic -> PointWriter.length(point, dynamic.typeSymbol().parameterList());
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
                    PointWriter.emit(code.dup(), point.what());
            case FieldInstruction field when field.opcode() == Opcode.PUTFIELD ->
                    writer.write(code, point, List.of(field.typeSymbol()));
            case FieldInstruction field -> PointWriter.emit(loadClass(code, field), point.what());
            case InvokeDynamicInstruction dynamic when RecordMethods.isRecordMethod(dynamic) ->
                    RecordMethods.write(code, dynamic, point);
            case InvokeDynamicInstruction dynamic -> writer.write(code, point, dynamic.typeSymbol().parameterList());
            default -> PointWriter.emit(code.dup(), point.what());
        }
    }

    /// Loads the class of a static field, or its name if the class file version has no class constants.
    private CodeBuilder loadClass(CodeBuilder code, FieldInstruction field) {
        return type.majorVersion() >= ClassFile.JAVA_5_VERSION
                ? code.ldc(field.owner())
                : code.loadConstant(field.owner().asInternalName().replace('/', '.'));
    }
}
