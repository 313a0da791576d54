package gofer.race.edges;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.FieldInstruction;
import java.util.function.Predicate;

/// The hooks of volatile fields of the JDK: an acquire after a read, a release before a write. All fields of an object are one
/// part.
///
/// A constructor does not release its own object: what publishes the object releases what publishes it. The atomic classes are
/// an exception, because a program may publish one in a way that orders nothing.
record VolatileAccesses(Predicate<FieldInstruction> selected, boolean inConstructors) implements Step {

    @Override
    public boolean write(Body body, CodeElement element) {
        if (!(element instanceof FieldInstruction access) || !selected.test(access)) {
            return false;
        }
        boolean wide = TypeKind.from(access.typeSymbol()).slotSize() == 2;
        CodeBuilder code = body.code();
        switch (access.opcode()) {
            case GETFIELD -> read(code, access, wide);
            case PUTFIELD -> {
                if (inConstructors || !body.method().methodName().equalsString("<init>")) {
                    release(code, wide);
                }
                code.with(access);
            }
            case GETSTATIC -> HookCalls.part(code.with(access).ldc(access.owner()), 0, "acquire");
            default -> {
                HookCalls.part(code.ldc(access.owner()), 0, "release");
                code.with(access);
            }
        }
        return true;
    }

    private static void read(CodeBuilder code, FieldInstruction access, boolean wide) {
        code.dup().with(access);
        if (wide) {
            code.dup2_x1().pop2();
        } else {
            code.swap();
        }
        HookCalls.part(code, 0, "acquire");
    }

    private static void release(CodeBuilder code, boolean wide) {
        if (wide) {
            HookCalls.part(code.dup2_x1().pop2().dup(), 0, "release");
            code.dup_x2().pop();
        } else {
            HookCalls.part(code.dup2().pop(), 0, "release");
        }
    }
}
