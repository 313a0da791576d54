package gofer.testing.agent;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The writer of the calls of [GoferPoints] in one method. Values above the object on the stack are saved in extra local
/// variables and loaded again before the next jump, so the stack map frames of the method stay as they are.
final class PointWriter {

    /// The maximum size in bytes of a point for one object with at most one value above it on the stack.
    static final int SHORT = 10;

    private static final ClassDesc THREAD = Thread.class.describeConstable().orElseThrow();

    private final Map<String, Integer> slots = new HashMap<>(); // the variables for saved values, by type and position

    /// Writes a point for the object on the stack.
    static void tell(CodeBuilder code, String what) {
        code.loadConstant(what).invokestatic(GoferPoints.SELF, "before", GoferPoints.BEFORE);
    }

    /// Writes a point for the objects that `loads` push.
    static void tell(CodeBuilder code, List<Consumer<CodeBuilder>> loads, String what) {
        if (loads.size() <= GoferPoints.FEW) {
            loads.forEach(load -> load.accept(code));
        } else {
            code.loadConstant(loads.size()).anewarray(ConstantDescs.CD_Object);
            for (int i = 0; i < loads.size(); i++) {
                loads.get(i).accept(code.dup().loadConstant(i));
                code.aastore();
            }
        }
        code.loadConstant(what).invokestatic(GoferPoints.SELF, "before", GoferPoints.before(loads.size()));
    }

    /// Writes a point before `call`. Returns false if the point also replaces the call.
    boolean write(CodeBuilder code, Call call, Point point) {
        switch (point.what()) {
            case Point.PAUSE -> code.invokestatic(GoferPoints.SELF, call.name(), ConstantDescs.MTD_void);
            case "WAIT" ->
                    code.invokestatic(
                            GoferPoints.SELF, "await", call.type().insertParameterTypes(0, ConstantDescs.CD_Object));
            case GoferPoints.EXITS -> {
                String owner = call.owner();
                tell(code.loadConstant(owner.substring(owner.lastIndexOf('/') + 1) + "." + call.name()), point.what());
                return true;
            }
            default -> {
                if (point.told() == 0) {
                    tell(code.invokestatic(THREAD, "currentThread", MethodTypeDesc.of(THREAD)), point.what());
                } else {
                    write(code, point, call.type().parameterList());
                }
                return true;
            }
        }
        return false;
    }

    /// Writes a point before an instruction that takes an object, if `point` passes it, and values of these types above it.
    void write(CodeBuilder code, Point point, List<ClassDesc> types) {
        List<TypeKind> above = types.stream().map(type -> TypeKind.from(type).asLoadable()).toList();
        if (point.arguments().isEmpty()) {
            below(code, point.what(), above);
        } else if (isOnTop(point, above.size())) {
            tell(code.dup(), point.what());
        } else {
            aside(code, point, above);
        }
    }

    private static boolean isOnTop(Point point, int arguments) {
        return !point.object() && point.arguments().size() == 1 && point.arguments().getFirst() == arguments - 1;
    }

    /// Returns the maximum size of that point in bytes.
    static int length(Point point, List<ClassDesc> types) {
        boolean isShort =
                point.arguments().isEmpty()
                        ? types.stream().mapToInt(type -> TypeKind.from(type).slotSize()).sum() <= 2
                        : isOnTop(point, types.size());
        return isShort ? SHORT : SHORT + 8 * types.size() + 15 * point.told();
    }

    /// Writes a point for the object that lies below values of these types on the stack.
    private void below(CodeBuilder code, String what, List<TypeKind> above) {
        switch (above.stream().mapToInt(TypeKind::slotSize).sum()) {
            case 0 -> tell(code.dup(), what);
            case 1 -> tell(code.dup2().pop(), what);
            case 2 -> tell(code.dup2_x1().pop2().dup_x2(), what);
            default -> {
                store(code, above, 0);
                tell(code.dup(), what);
                load(code, above, 0);
            }
        }
    }

    private void aside(CodeBuilder code, Point point, List<TypeKind> above) {
        int first = point.object() ? 0 : point.arguments().getFirst();
        store(code, above, first);
        List<Consumer<CodeBuilder>> told = new ArrayList<>();
        if (point.object()) {
            int object = slot(code, TypeKind.REFERENCE, -1);
            code.dup().astore(object);
            told.add(to -> to.aload(object));
        }
        for (int place : point.arguments()) {
            int argument = slot(code, TypeKind.REFERENCE, place);
            told.add(to -> to.aload(argument));
        }
        tell(code, told, point.what());
        load(code, above, first);
    }

    private void store(CodeBuilder code, List<TypeKind> values, int first) {
        for (int i = values.size() - 1; i >= first; i--) {
            code.storeLocal(values.get(i), slot(code, values.get(i), i));
        }
    }

    private void load(CodeBuilder code, List<TypeKind> values, int first) {
        for (int i = first; i < values.size(); i++) {
            code.loadLocal(values.get(i), slot(code, values.get(i), i));
        }
    }

    private int slot(CodeBuilder code, TypeKind kind, int place) {
        return slots.computeIfAbsent(kind.name() + place, _ -> code.allocateLocal(kind));
    }
}
