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
import java.lang.invoke.LambdaMetafactory;
import java.lang.reflect.AccessFlag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Generated methods that replace references such as `counter::incrementAndGet`. The JDK calls the target of such a reference
/// without an instruction of the program. The generated method has the scheduling point, and calls the target.
final class Bridges {

    private static final String FACTORY = "Ljava/lang/invoke/LambdaMetafactory;";
    private static final String PREFIX = "gofer$";

    /// A generated method.
    ///
    /// @param method the target
    /// @param captured the types of the first parameters, which the reference captures and which must stay the same
    private record Bridge(DirectMethodHandleDesc method, List<ClassDesc> captured) {

        MethodTypeDesc type() {
            MethodTypeDesc all = method.invocationType();
            for (int i = 0; i < captured.size(); i++) {
                all = all.changeParameterType(i, captured.get(i));
            }
            return all;
        }

        String called() {
            return method.kind() == DirectMethodHandleDesc.Kind.CONSTRUCTOR ? "new" : method.methodName();
        }
    }

    private final ClassModel type;
    private final SharedAccesses guard;
    private final boolean loaded; // then no methods can be added
    private final Map<Bridge, String> names = new LinkedHashMap<>();

    Bridges(ClassModel type, SharedAccesses guard, boolean loaded) {
        this.type = type;
        this.guard = guard;
        this.loaded = loaded;
    }

    /// Returns whether `made` is such a reference.
    boolean isNeeded(InvokeDynamicInstruction made) {
        return made.bootstrapMethod().owner().descriptorString().equals(FACTORY)
                && !isSerializable(made)
                && made.bootstrapArgs().size() > 1
                && made.bootstrapArgs().get(1) instanceof DirectMethodHandleDesc method
                && guard.of(method) != null;
    }

    /// The JDK compares the name of the method when a serialized reference is read.
    private static boolean isSerializable(InvokeDynamicInstruction made) {
        return made.bootstrapMethod().methodName().equals("altMetafactory")
                && made.bootstrapArgs().get(3) instanceof Integer flags
                && (flags & LambdaMetafactory.FLAG_SERIALIZABLE) != 0;
    }

    /// Writes `made`, with a generated method if it needs one.
    void write(CodeBuilder code, InvokeDynamicInstruction made) {
        if (loaded || !isNeeded(made)) {
            code.with(made);
            return;
        }
        ConstantDesc[] arguments = made.bootstrapArgs().toArray(ConstantDesc[]::new);
        var bridge = new Bridge((DirectMethodHandleDesc) arguments[1], made.typeSymbol().parameterList());
        String name = names.computeIfAbsent(bridge, _ -> PREFIX + bridge.called() + names.size());
        arguments[1] =
                MethodHandleDesc.ofMethod(
                        isInterface()
                                ? DirectMethodHandleDesc.Kind.INTERFACE_STATIC
                                : DirectMethodHandleDesc.Kind.STATIC,
                        type.thisClass().asSymbol(),
                        name,
                        bridge.type());
        code.invokedynamic(
                DynamicCallSiteDesc.of(
                        made.bootstrapMethod(), made.name().stringValue(), made.typeSymbol(), arguments));
    }

    private boolean isInterface() {
        return type.flags().has(AccessFlag.INTERFACE);
    }

    void addTo(ClassBuilder builder) {
        names.forEach((bridge, name) ->
                builder.withMethodBody(
                        name,
                        bridge.type(),
                        ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                        code -> write(code, bridge)));
    }

    private void write(CodeBuilder code, Bridge bridge) {
        DirectMethodHandleDesc method = bridge.method;
        Call call = Objects.requireNonNull(Call.of(method));
        Point point = Objects.requireNonNull(guard.of(method));
        if (method.kind() == DirectMethodHandleDesc.Kind.CONSTRUCTOR) {
            code.new_(method.owner()).dup();
        }
        List<ClassDesc> parameters = bridge.type().parameterList(); // the object comes first
        for (int i = 0; i < parameters.size(); i++) {
            code.loadLocal(TypeKind.from(parameters.get(i)), code.parameterSlot(i));
        }
        if (new PointWriter().write(code, call, point)) {
            code.invoke(call.opcode(), method.owner(), call.name(), call.type(), method.isOwnerInterface());
        }
        code.return_(TypeKind.from(bridge.type().returnType()));
    }
}
