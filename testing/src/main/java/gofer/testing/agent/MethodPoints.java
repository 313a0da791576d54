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
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts the points into one method.
final class MethodPoints implements CodeTransform {

    /// So many bytes a point takes at most: values step aside, and come back.
    static final int LONGEST = 40;

    private final ClassModel type;
    private final MethodModel method;
    private final CodeModel original;
    private final Guard guard;
    private final Bridges bridges;
    private final boolean lock; // whether it is a synchronized method, which becomes a block
    private final Set<Integer> unshared = new HashSet<>(); // elements that touch what nobody else can know
    private final Map<String, Integer> slots = new HashMap<>(); // of what steps aside, by its kind and place
    private int at; // how many elements there were
    private @Nullable Label body;

    MethodPoints(ClassModel type, MethodModel method, CodeModel original, Guard guard, Bridges bridges, boolean lock) {
        this.type = type;
        this.method = method;
        this.original = original;
        this.guard = guard;
        this.bridges = bridges;
        this.lock = lock;
        unshared.addAll(Unshared.ofArrays(type, original));
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
        String what = unshared.contains(at++) ? null : guard.of(element);
        switch (element) {
            case InvokeDynamicInstruction made -> bridges.write(code, made);
            case InvokeInstruction pause when "PAUSE".equals(what) ->
                    code.invokestatic(GoferPoints.SELF, pause.name().stringValue(), ConstantDescs.MTD_void);
            case InvokeInstruction wait when "WAIT".equals(what) ->
                    code.invokestatic(
                            GoferPoints.SELF,
                            "await",
                            wait.typeSymbol().insertParameterTypes(0, ConstantDescs.CD_Object));
            case InvokeInstruction exit when GoferPoints.EXITS.equals(what) -> {
                String owner = exit.owner().asInternalName();
                code.loadConstant(owner.substring(owner.lastIndexOf('/') + 1) + "." + exit.name().stringValue());
                tell(code, GoferPoints.EXITS);
                code.with(element);
            }
            default -> {
                if (what != null) {
                    point(code, element, what);
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

    private void point(CodeBuilder code, CodeElement element, String what) {
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
            case FieldInstruction field when field.opcode() == Opcode.GETFIELD -> tell(code.dup(), what);
            case FieldInstruction field when field.opcode() == Opcode.PUTFIELD ->
                    below(code, List.of(field.typeSymbol()), what);
            case FieldInstruction field -> tell(loadClass(code, field), what);
            case InvokeInstruction call -> below(code, call.typeSymbol().parameterList(), what);
            default -> tell(code.dup(), what);
        }
    }

    /// Classes that are too old to speak of a class tell its name.
    private CodeBuilder loadClass(CodeBuilder code, FieldInstruction field) {
        return type.majorVersion() >= ClassFile.JAVA_5_VERSION
                ? code.ldc(field.owner())
                : code.loadConstant(field.owner().asInternalName().replace('/', '.'));
    }

    private static void tell(CodeBuilder code, String what) {
        code.loadConstant(what).invokestatic(GoferPoints.SELF, "before", GoferPoints.BEFORE);
    }

    /// A point for the object that lies below values of these types on the stack.
    private void below(CodeBuilder code, List<ClassDesc> types, String what) {
        List<TypeKind> above = types.stream().map(value -> TypeKind.from(value).asLoadable()).toList();
        switch (above.stream().mapToInt(TypeKind::slotSize).sum()) {
            case 0 -> tell(code.dup(), what);
            case 1 -> tell(code.dup2().pop(), what);
            case 2 -> tell(code.dup2_x1().pop2().dup_x2(), what);
            default -> {
                for (int i = above.size() - 1; i >= 0; i--) code.storeLocal(above.get(i), slot(code, above.get(i), i));
                tell(code.dup(), what);
                for (int i = 0; i < above.size(); i++) code.loadLocal(above.get(i), slot(code, above.get(i), i));
            }
        }
    }

    private int slot(CodeBuilder code, TypeKind kind, int place) {
        return slots.computeIfAbsent(kind.name() + place, _ -> code.allocateLocal(kind));
    }
}
