package gofer.race.rewrite;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Calls of the JDK that access ranges of arrays. Only calls whose arguments tell the elements exactly are known.
final class ArrayCalls {

    /// For each type, its known methods.
    private static final Map<String, Set<String>> KNOWN =
            Map.of(
                    "java/lang/String", Set.of("<init>", "copyValueOf", "getBytes", "getChars", "valueOf"),
                    "java/lang/System", Set.of("arraycopy"),
                    "java/util/Arrays",
                            Set.of("copyOf", "copyOfRange", "fill", "hashCode", "setAll", "sort", "toString"));

    private static final MethodTypeDesc MIN =
            MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);
    private static final MethodTypeDesc OR_ELSE =
            MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object, ConstantDescs.CD_Object);
    private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
    private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");

    private final CodeBuilder code;
    private final HookWriter writer;
    private final Call call;

    private ArrayCalls(CodeBuilder code, HookWriter writer, Call call) {
        this.code = code;
        this.writer = writer;
        this.call = call;
    }

    /// Returns whether `call` accesses ranges of arrays that are known.
    static boolean apply(Call call) {
        if (call.isCloneOfArray()) {
            return true;
        }
        List<ClassDesc> parameters = call.type().parameterList();
        return KNOWN.getOrDefault(call.owner(), Set.of()).contains(call.name())
                && (call.name().equals("arraycopy") || parameters.stream().anyMatch(ClassDesc::isArray));
    }

    /// Returns whether `call` returns an array that only its caller has.
    static boolean createsArray(Call call) {
        return call.isCloneOfArray() || call.owner().equals("java/util/Arrays") && call.name().startsWith("copyOf");
    }

    /// Writes the hooks before the call.
    static void write(CodeBuilder code, HookWriter writer, Call call) {
        new ArrayCalls(code, writer, call).write();
    }

    private void write() {
        if (call.isCloneOfArray()) {
            code.dup().dup().arraylength().iconst_0().swap();
            writer.callAt(code, Hook.READ_ELEMENTS);
            return;
        }
        List<TypeKind> kinds = call.kinds();
        int count = kinds.size();
        writer.store(code, kinds, 0);
        switch (call.name()) {
            case "arraycopy" -> {
                range(Hook.READ_ELEMENTS, 0, 1, 4);
                range(Hook.WRITE_ELEMENTS, 2, 3, 4);
            }
            case "copyOf" -> {
                code.aload(object(0)).iconst_0().iload(number(1));
                endWithin(0, Hook.READ_ELEMENTS);
            }
            case "copyOfRange" -> {
                code.aload(object(0)).iload(number(1)).iload(number(2));
                endWithin(0, Hook.READ_ELEMENTS);
            }
            case "fill" -> all(Hook.WRITE_ELEMENTS, 0, count == 2);
            case "setAll" -> all(Hook.WRITE_ELEMENTS, 0, true);
            case "sort" -> all(Hook.WRITE_ELEMENTS, 0, count <= 2); // also reads, but a write is in all races of a read
            case "hashCode", "toString" -> allOrNone();
            case "getBytes", "getChars" -> destination();
            default -> text(count);
        }
        writer.load(code, kinds, 0);
    }

    private int object(int position) {
        return writer.local(code, TypeKind.REFERENCE, position);
    }

    private int number(int position) {
        return writer.local(code, TypeKind.INT, position);
    }

    /// Writes a hook for as many elements as the argument `size` says.
    private void range(Hook hook, int array, int from, int size) {
        code.aload(object(array)).iload(number(from)).iload(number(from)).iload(number(size)).iadd();
        writer.callAt(code, hook);
    }

    /// Writes a hook for all elements, or for those between the next two arguments.
    private void all(Hook hook, int array, boolean whole) {
        code.aload(object(array));
        if (whole) {
            code.iconst_0().aload(object(array)).arraylength();
        } else {
            code.iload(number(array + 1)).iload(number(array + 2));
        }
        writer.callAt(code, hook);
    }

    /// Writes a hook for all elements of the first argument, which may be null.
    private void allOrNone() {
        ClassDesc type = call.type().parameterType(0);
        code.aload(object(0)).iconst_0().aload(object(0)).iconst_0();
        if (type.componentType().isPrimitive()) {
            code.newarray(TypeKind.from(type.componentType()));
        } else {
            code.anewarray(type.componentType());
        }
        code.invokestatic(OBJECTS, "requireNonNullElse", OR_ELSE).checkcast(type).arraylength();
        writer.callAt(code, Hook.READ_ELEMENTS);
    }

    /// Limits the end of the range on the stack to the length of the array, and writes a hook.
    private void endWithin(int array, Hook hook) {
        code.aload(object(array)).arraylength().invokestatic(MATH, "min", MIN);
        writer.callAt(code, hook);
    }

    /// Writes a hook for a part of a text that is copied to an array.
    private void destination() {
        if (call.type().parameterCount() == 4) {
            code.aload(object(2)).iload(number(3));
            code.iload(number(3)).iload(number(1)).iadd().iload(number(0)).isub();
            writer.callAt(code, Hook.WRITE_ELEMENTS);
        }
    }

    private void text(int count) {
        if (count <= 2) {
            all(Hook.READ_ELEMENTS, 0, true); // the second argument is a charset, or the high byte of all characters
        } else {
            boolean hasHighByte = count == 4 && call.type().parameterType(3).equals(ConstantDescs.CD_int);
            int from = hasHighByte ? 2 : 1;
            range(Hook.READ_ELEMENTS, 0, from, from + 1);
        }
    }
}
