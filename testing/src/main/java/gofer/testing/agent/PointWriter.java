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
import java.util.Set;
import java.util.function.Consumer;

/// The writer of the calls of [GoferPoints] in one method. It saves values above the object on the stack in extra local
/// variables, and loads them again before the next jump. So the stack map frames of the method do not change.
final class PointWriter {

    /// The maximum size in bytes of a point for one object with at most one value above it on the stack.
    static final int SHORT = 10;

    private static final MethodTypeDesc BOX = MethodTypeDesc.of(ConstantDescs.CD_Integer, ConstantDescs.CD_int);
    private static final int OBJECT = -1; // the position of the object of a call
    private static final int VALUES = -2; // that of the array of its values
    private static final int ENDED = -3; // that of the object of a call, until the call has ended

    /// Types of the JDK with methods that never lock.
    private static final Set<String> UNSYNCHRONIZED =
            Set.of(
                    "java/lang/StringBuilder",
                    "java/util/ArrayDeque",
                    "java/util/ArrayList",
                    "java/util/HashMap",
                    "java/util/HashSet",
                    "java/util/LinkedHashMap",
                    "java/util/LinkedHashSet",
                    "java/util/LinkedList",
                    "java/util/PriorityQueue",
                    "java/util/TreeMap",
                    "java/util/TreeSet");

    private static final ClassDesc THREAD = Thread.class.describeConstable().orElseThrow();

    private final Map<String, Integer> locals = new HashMap<>(); // the variables for saved values, by type and position

    /// Writes a point for the object on the stack.
    static CodeBuilder emit(CodeBuilder code, String what) {
        return code.loadConstant(what).invokestatic(GoferPoints.SELF, "before", GoferPoints.BEFORE);
    }

    /// Writes a point for the objects that `loads` push.
    static void emit(CodeBuilder code, List<Consumer<CodeBuilder>> loads, String what) {
        if (loads.size() <= GoferPoints.MAX_PARAMETERS) {
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
            case GoferPoints.PROCESS_EXITS -> {
                String owner = call.owner();
                emit(code.loadConstant(owner.substring(owner.lastIndexOf('/') + 1) + "." + call.name()), point.what());
                return true;
            }
            default -> {
                if (point.objectCount() == 0) {
                    emit(code.invokestatic(THREAD, "currentThread", MethodTypeDesc.of(THREAD)), point.what());
                } else {
                    write(code, point, call.type().parameterList());
                }
                return true;
            }
        }
        return false;
    }

    /// Writes a call of a method, after its point. If it accesses ranges of arrays, also passes its values before and after it.
    /// If it may run code of the program under a lock, also writes a point after it.
    void call(CodeBuilder code, Call call, Point point, Runnable write) {
        boolean hasEnd = hasEnd(call, point);
        if (hasEnd) {
            saveObject(code, loadable(call.type().parameterList()));
        }
        String key = ArrayRanges.key(call);
        if (key == null) {
            write.run();
        } else {
            int values = saveValues(code, call);
            emitRanges(code.aload(values), GoferPoints.RANGES + key);
            write.run();
            emitRanges(code.aload(values), GoferPoints.RANGES_END);
        }
        if (hasEnd) {
            emit(code.aload(local(code, TypeKind.REFERENCE, ENDED)), GoferPoints.CALL_ENDS + call.name());
        }
    }

    /// Returns whether the end of a call may order goroutines: it may have run code of the program, such as a function or a
    /// comparator, after it locked its object.
    private static boolean hasEnd(Call call, Point point) {
        return point.passesObject()
                && point.what().startsWith("CALL ")
                && !call.isClone()
                && !UNSYNCHRONIZED.contains(call.owner());
    }

    private void saveObject(CodeBuilder code, List<TypeKind> arguments) {
        store(code, arguments, 0);
        code.dup().astore(local(code, TypeKind.REFERENCE, ENDED));
        load(code, arguments, 0);
    }

    private static void emitRanges(CodeBuilder code, String what) {
        code.loadConstant(what)
                .invokestatic(GoferPoints.SELF, "before", GoferPoints.before(GoferPoints.MAX_PARAMETERS + 1));
    }

    /// Saves the values of a call in an array for [ArrayRanges]. Returns its variable.
    private int saveValues(CodeBuilder code, Call call) {
        List<TypeKind> kinds = loadable(call.type().parameterList());
        store(code, kinds, 0);
        int object = local(code, TypeKind.REFERENCE, OBJECT);
        if (call.isOnObject()) {
            code.dup().astore(object);
        }
        int values = local(code, TypeKind.REFERENCE, VALUES);
        code.loadConstant(kinds.size() + ArrayRanges.EXTRA).anewarray(ConstantDescs.CD_Object).astore(values);
        for (int i = 0; i < kinds.size(); i++) {
            int local = local(code, kinds.get(i), i);
            boolean isInt = call.type().parameterType(i).equals(ConstantDescs.CD_int);
            if (isInt || kinds.get(i) == TypeKind.REFERENCE) {
                code.aload(values).loadConstant(i).loadLocal(kinds.get(i), local);
                if (isInt) {
                    code.invokestatic(ConstantDescs.CD_Integer, "valueOf", BOX);
                }
                code.aastore();
            }
        }
        if (call.isOnObject()) {
            code.aload(values).loadConstant(kinds.size()).aload(object).aastore();
        }
        load(code, kinds, 0);
        return values;
    }

    private static List<TypeKind> loadable(List<ClassDesc> types) {
        return types.stream().map(type -> TypeKind.from(type).asLoadable()).toList();
    }

    /// Writes a point before an instruction that takes values of these types, and below them an object if `point` passes it.
    void write(CodeBuilder code, Point point, List<ClassDesc> types) {
        List<TypeKind> above = loadable(types);
        if (point.arguments().isEmpty()) {
            writeBelow(code, point.what(), above);
        } else if (isOnTop(point, above.size())) {
            emit(code.dup(), point.what());
        } else {
            writeThroughLocals(code, point, above);
        }
    }

    private static boolean isOnTop(Point point, int arguments) {
        return !point.passesObject() && point.arguments().size() == 1 && point.arguments().getFirst() == arguments - 1;
    }

    /// Returns the maximum size in bytes of a point before an instruction that takes values of these types.
    static int length(Point point, List<ClassDesc> types) {
        boolean isShort =
                point.arguments().isEmpty()
                        ? types.stream().mapToInt(type -> TypeKind.from(type).slotSize()).sum() <= 2
                        : isOnTop(point, types.size());
        return isShort ? SHORT : SHORT + 8 * types.size() + 15 * point.objectCount();
    }

    /// Returns the maximum size in bytes of what [#call] adds to a call.
    static int callLength(Call call, Point point) {
        int arguments = call.type().parameterCount();
        return (ArrayRanges.key(call) == null ? 0 : 60 + 24 * arguments)
                + (hasEnd(call, point) ? 20 + 8 * arguments : 0);
    }

    /// Writes a point for the object that lies below values of these types on the stack.
    private void writeBelow(CodeBuilder code, String what, List<TypeKind> above) {
        switch (above.stream().mapToInt(TypeKind::slotSize).sum()) {
            case 0 -> emit(code.dup(), what);
            case 1 -> emit(code.dup2().pop(), what);
            case 2 -> emit(code.dup2_x1().pop2().dup_x2(), what);
            default -> {
                store(code, above, 0);
                emit(code.dup(), what);
                load(code, above, 0);
            }
        }
    }

    private void writeThroughLocals(CodeBuilder code, Point point, List<TypeKind> above) {
        int first = point.passesObject() ? 0 : point.arguments().getFirst();
        store(code, above, first);
        List<Consumer<CodeBuilder>> loads = new ArrayList<>();
        if (point.passesObject()) {
            int object = local(code, TypeKind.REFERENCE, OBJECT);
            code.dup().astore(object);
            loads.add(to -> to.aload(object));
        }
        for (int index : point.arguments()) {
            int argument = local(code, TypeKind.REFERENCE, index);
            loads.add(to -> to.aload(argument));
        }
        emit(code, loads, point.what());
        load(code, above, first);
    }

    private void store(CodeBuilder code, List<TypeKind> values, int first) {
        for (int i = values.size() - 1; i >= first; i--) {
            code.storeLocal(values.get(i), local(code, values.get(i), i));
        }
    }

    private void load(CodeBuilder code, List<TypeKind> values, int first) {
        for (int i = first; i < values.size(); i++) {
            code.loadLocal(values.get(i), local(code, values.get(i), i));
        }
    }

    private int local(CodeBuilder code, TypeKind kind, int index) {
        return locals.computeIfAbsent(kind.name() + index, _ -> code.allocateLocal(kind));
    }
}
