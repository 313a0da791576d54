package gofer.race.rewrite;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.FieldInstruction;
import java.util.List;

/// The hooks of accesses to fields.
final class FieldCalls {

    private final ClassModel type;
    private final HookWriter writer;

    FieldCalls(ClassModel type, HookWriter writer) {
        this.type = type;
        this.writer = writer;
    }

    /// Writes an access to a variable, with its hooks.
    void write(CodeBuilder code, FieldInstruction access, Variables.Variable variable) {
        if (!variable.isKnown()) {
            writePlain(code, access, variable);
            writeVolatile(code, access, variable, Hook.ACQUIRE_IF_VOLATILE, Hook.RELEASE_IF_VOLATILE);
        } else if (variable.isVolatile()) {
            writeVolatile(code, access, variable, Hook.ACQUIRE_FIELD, Hook.RELEASE_FIELD);
        } else {
            writePlain(code, access, variable);
            code.with(access);
        }
    }

    private static boolean isRead(FieldInstruction access) {
        return access.opcode() == Opcode.GETFIELD || access.opcode() == Opcode.GETSTATIC;
    }

    /// Writes an access that orders threads.
    private void writeVolatile(
            CodeBuilder code, FieldInstruction access, Variables.Variable variable, Hook acquire, Hook release) {
        TypeKind kind = TypeKind.from(access.typeSymbol()).asLoadable();
        switch (access.opcode()) {
            case GETFIELD -> {
                code.dup().with(access);
                if (kind.slotSize() == 1) {
                    code.swap();
                } else {
                    code.dup2_x1().pop2();
                }
                call(code, acquire, variable);
            }
            case GETSTATIC -> {
                loadClass(code.with(access), access, variable);
                call(code, acquire, variable);
            }
            case PUTFIELD -> {
                writer.copyFromBelow(code, List.of(kind));
                call(code, release, variable);
                code.with(access);
            }
            default -> {
                loadClass(code, access, variable);
                call(code, release, variable);
                code.with(access);
            }
        }
    }

    /// Writes the hook before an access that may be in a race.
    private void writePlain(CodeBuilder code, FieldInstruction access, Variables.Variable variable) {
        boolean reads = isRead(access);
        if (access.opcode() == Opcode.GETFIELD) {
            code.dup();
        } else if (access.opcode() == Opcode.PUTFIELD) {
            writer.copyFromBelow(code, List.of(TypeKind.from(access.typeSymbol()).asLoadable()));
        } else if (!variable.hasEpochs()) {
            loadClass(code, access, variable);
        }
        if (variable.hasEpochs()) {
            Accessors.call(code, access.owner().asSymbol(), variable.field(), reads, writer);
        } else {
            writer.callAt(writer.field(code, variable), reads ? Hook.READ_FIELD : Hook.WRITE_FIELD);
        }
    }

    private void loadClass(CodeBuilder code, FieldInstruction access, Variables.Variable variable) {
        ClassConstants.load(code, type, access.owner().asSymbol(), variable.depth());
    }

    private void call(CodeBuilder code, Hook hook, Variables.Variable variable) {
        writer.call(writer.field(code, variable), hook);
    }
}
