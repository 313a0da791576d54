package gofer.testing.agent;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Methods of our own for references such as `counter::incrementAndGet`, by which the JDK calls its method without an instruction
/// of the program's: they have the point, and call it.
final class Bridges {

    private static final String FACTORY = "Ljava/lang/invoke/LambdaMetafactory;";
    private static final String PREFIX = "gofer$";

    private final ClassModel type;
    private final boolean loaded; // then there can be no more methods
    private final Map<DirectMethodHandleDesc, String> names = new LinkedHashMap<>();

    Bridges(ClassModel type, boolean loaded) {
        this.type = type;
        this.loaded = loaded;
    }

    /// Whether `made` is such a reference.
    static boolean isNeeded(InvokeDynamicInstruction made) {
        return made.bootstrapMethod().owner().descriptorString().equals(FACTORY)
                && made.bootstrapMethod().methodName().equals("metafactory")
                && made.bootstrapArgs().size() > 1
                && made.bootstrapArgs().get(1) instanceof DirectMethodHandleDesc method
                && isCall(method);
    }

    private static boolean isCall(DirectMethodHandleDesc method) {
        String owner = method.owner().descriptorString();
        return (method.kind() == DirectMethodHandleDesc.Kind.VIRTUAL
                        || method.kind() == DirectMethodHandleDesc.Kind.INTERFACE_VIRTUAL)
                && owner.startsWith("L")
                && Guard.isShared(owner.substring(1, owner.length() - 1));
    }

    /// Writes `made`, with a method of ours if it needs one.
    void write(CodeBuilder code, InvokeDynamicInstruction made) {
        if (loaded || !isNeeded(made)) {
            code.with(made);
            return;
        }
        ConstantDesc[] arguments = made.bootstrapArgs().toArray(ConstantDesc[]::new);
        var method = (DirectMethodHandleDesc) arguments[1];
        String name = names.computeIfAbsent(method, _ -> PREFIX + method.methodName() + names.size());
        arguments[1] =
                MethodHandleDesc.ofMethod(
                        isInterface()
                                ? DirectMethodHandleDesc.Kind.INTERFACE_STATIC
                                : DirectMethodHandleDesc.Kind.STATIC,
                        type.thisClass().asSymbol(),
                        name,
                        method.invocationType());
        code.invokedynamic(
                DynamicCallSiteDesc.of(
                        made.bootstrapMethod(), made.name().stringValue(), made.typeSymbol(), arguments));
    }

    private boolean isInterface() {
        return type.flags().has(AccessFlag.INTERFACE);
    }

    void addTo(ClassBuilder builder) {
        names.forEach((method, name) ->
                builder.withMethodBody(
                        name,
                        method.invocationType(),
                        ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                        code -> call(code, method)));
    }

    private static void call(CodeBuilder code, DirectMethodHandleDesc method) {
        MethodTypeDesc all = method.invocationType(); // the object is the first
        code.aload(0)
                .loadConstant("CALL " + method.methodName())
                .invokestatic(GoferPoints.SELF, "before", GoferPoints.BEFORE);
        List<ClassDesc> parameters = all.parameterList();
        for (int i = 0; i < parameters.size(); i++) {
            code.loadLocal(TypeKind.from(parameters.get(i)), code.parameterSlot(i));
        }
        MethodTypeDesc own = MethodTypeDesc.ofDescriptor(method.lookupDescriptor());
        if (method.kind() == DirectMethodHandleDesc.Kind.INTERFACE_VIRTUAL) {
            code.invokeinterface(method.owner(), method.methodName(), own);
        } else {
            code.invokevirtual(method.owner(), method.methodName(), own);
        }
        code.return_(TypeKind.from(all.returnType()));
    }
}
