package gofer.cli;

import gofer.Go;
import gofer.testing.Explore;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lets an exploration interrupt a program where it touches what is not Gofer's but may be shared: fields, elements of arrays,
/// objects of `java.util` and below, atomic ones and locks included, and monitors.
///
/// Each such instruction is preceded by a call of [Explore#point] with the object; the values that lie above it on the stack
/// step aside meanwhile. In constructors nobody else can see the object yet, and the verifier would not let it be passed on.
/// Who waits by `Thread.yield` or `Thread.onSpinWait` lets others go first.
final class Points implements CodeTransform {

    private static final ClassDesc EXPLORE = Explore.class.describeConstable().orElseThrow();
    private static final ClassDesc GO = Go.class.describeConstable().orElseThrow();
    private static final MethodTypeDesc OF_OBJECT = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object);

    /// The methods of Thread by which a program waits for others to go on.
    private static final Set<String> PAUSES = Set.of("yield", "onSpinWait");

    /// What these have of an object is their own, or cannot change.
    private static final List<String> HARMLESS =
            List.of(
                    "java/util/function/",
                    "java/util/stream/",
                    "java/util/Optional",
                    "java/util/UUID",
                    "java/util/Locale");

    private final Set<String> constants; // fields that are final, as OWNER.NAME
    private final Map<String, Integer> slots = new HashMap<>(); // of what steps aside, by its kind and place

    private Points(Set<String> constants) {
        this.constants = constants;
    }

    /// The same classes with points.
    static Map<String, byte[]> in(Map<String, byte[]> classes) {
        var resolver =
                ClassHierarchyResolver.ofResourceParsing(type -> stream(classes, type))
                        .orElse(ClassHierarchyResolver.defaultResolver());
        ClassFile file = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(resolver));
        Set<String> constants = new HashSet<>();
        for (byte[] bytes : classes.values()) {
            addConstants(file.parse(bytes), constants);
        }
        ClassTransform transform =
                ClassTransform.transformingMethods(
                        Points::isOrdinary,
                        (method, element) -> {
                            if (element instanceof CodeModel code) {
                                method.transformCode(code, new Points(constants));
                            } else {
                                method.with(element);
                            }
                        });
        var changed = new HashMap<String, byte[]>();
        classes.forEach((name, bytes) -> {
            ClassModel type = file.parse(SynchronizedMethods.asBlocks(file, bytes));
            changed.put(name, file.transformClass(type, transform));
        });
        return changed;
    }

    private static @Nullable InputStream stream(Map<String, byte[]> classes, ClassDesc type) {
        String descriptor = type.descriptorString();
        byte[] bytes = classes.get(descriptor.substring(1, descriptor.length() - 1).replace('/', '.'));
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    private static void addConstants(ClassModel type, Set<String> constants) {
        for (FieldModel field : type.fields()) {
            if ((field.flags().flagsMask() & ClassFile.ACC_FINAL) != 0) {
                constants.add(type.thisClass().asInternalName() + "." + field.fieldName().stringValue());
            }
        }
    }

    private static boolean isOrdinary(MethodModel method) {
        return !method.methodName().stringValue().startsWith("<");
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
        switch (element) {
            case FieldInstruction field -> beforeField(code, field);
            case ArrayLoadInstruction _ -> point(code, List.of(TypeKind.INT));
            case ArrayStoreInstruction store -> point(code, List.of(TypeKind.INT, store.typeKind().asLoadable()));
            case MonitorInstruction monitor when monitor.opcode() == Opcode.MONITORENTER -> point(code, List.of());
            case InvokeInstruction call when isPause(call) -> {
                code.invokestatic(GO, "gosched", ConstantDescs.MTD_void);
                return;
            }
            case InvokeInstruction call when isOnShared(call) -> point(code, kinds(call.typeSymbol().parameterList()));
            default -> {}
        }
        code.with(element);
    }

    private void beforeField(CodeBuilder code, FieldInstruction field) {
        if (constants.contains(field.owner().asInternalName() + "." + field.name().stringValue())) return;
        switch (field.opcode()) {
            case GETFIELD -> point(code, List.of());
            case PUTFIELD -> point(code, kinds(List.of(field.typeSymbol())));
            default -> code.ldc(field.owner().asSymbol()).invokestatic(EXPLORE, "point", OF_OBJECT);
        }
    }

    private static boolean isPause(InvokeInstruction call) {
        return call.opcode() == Opcode.INVOKESTATIC
                && call.owner().asInternalName().equals("java/lang/Thread")
                && PAUSES.contains(call.name().stringValue());
    }

    private static boolean isOnShared(InvokeInstruction call) {
        String owner = call.owner().asInternalName();
        return (call.opcode() == Opcode.INVOKEVIRTUAL || call.opcode() == Opcode.INVOKEINTERFACE)
                && owner.startsWith("java/util/")
                && HARMLESS.stream().noneMatch(owner::startsWith);
    }

    private static List<TypeKind> kinds(List<ClassDesc> types) {
        return types.stream().map(type -> TypeKind.from(type).asLoadable()).toList();
    }

    /// A point for the object that lies below `above` on the stack.
    private void point(CodeBuilder code, List<TypeKind> above) {
        for (int i = above.size() - 1; i >= 0; i--) code.storeLocal(above.get(i), slot(code, above.get(i), i));
        code.dup().invokestatic(EXPLORE, "point", OF_OBJECT);
        for (int i = 0; i < above.size(); i++) code.loadLocal(above.get(i), slot(code, above.get(i), i));
    }

    private int slot(CodeBuilder code, TypeKind kind, int place) {
        return slots.computeIfAbsent(kind.name() + place, _ -> code.allocateLocal(kind));
    }
}
