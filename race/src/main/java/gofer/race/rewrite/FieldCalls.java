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
        if (variable.isVolatile()) {
            writeVolatile(code, access, variable);
        } else {
            writePlain(code, access, variable);
        }
    }

    private static boolean isRead(FieldInstruction access) {
        return access.opcode() == Opcode.GETFIELD || access.opcode() == Opcode.GETSTATIC;
    }

    private void writeVolatile(CodeBuilder code, FieldInstruction access, Variables.Variable variable) {
        TypeKind kind = TypeKind.from(access.typeSymbol()).asLoadable();
        switch (access.opcode()) {
            case GETFIELD -> {
                code.dup().with(access);
                if (kind.slotSize() == 1) {
                    code.swap();
                } else {
                    code.dup2_x1().pop2();
                }
                call(code, Hook.ACQUIRE_FIELD, variable);
            }
            case GETSTATIC -> {
                loadClass(code.with(access), access, variable);
                call(code, Hook.ACQUIRE_FIELD, variable);
            }
            case PUTFIELD -> {
                writer.copyFromBelow(code, List.of(kind));
                call(code, Hook.RELEASE_FIELD, variable);
                code.with(access);
            }
            default -> {
                loadClass(code, access, variable);
                call(code, Hook.RELEASE_FIELD, variable);
                code.with(access);
            }
        }
    }

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
        code.with(access);
    }

    private void loadClass(CodeBuilder code, FieldInstruction access, Variables.Variable variable) {
        ClassConstants.load(code, type, access.owner().asSymbol(), variable.depth());
    }

    private void call(CodeBuilder code, Hook hook, Variables.Variable variable) {
        writer.call(writer.field(code, variable), hook);
    }
}
