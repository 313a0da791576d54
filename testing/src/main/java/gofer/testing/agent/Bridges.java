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

/// Generated methods for references such as `counter::incrementAndGet`. The JDK calls the target of such a reference without an
/// instruction of the program. The generated method replaces the target. It has the scheduling point, and calls the target.
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
    private final PointFinder finder;
    private final boolean loaded; // then no methods can be added
    private final Map<Bridge, String> names = new LinkedHashMap<>();

    Bridges(ClassModel type, PointFinder finder, boolean loaded) {
        this.type = type;
        this.finder = finder;
        this.loaded = loaded;
    }

    /// Returns whether `dynamic` creates such a reference.
    boolean isNeeded(InvokeDynamicInstruction dynamic) {
        return dynamic.bootstrapMethod().owner().descriptorString().equals(FACTORY)
                && !isSerializable(dynamic)
                && dynamic.bootstrapArgs().size() > 1
                && dynamic.bootstrapArgs().get(1) instanceof DirectMethodHandleDesc method
                && finder.of(method) != null;
    }

    /// Returns whether the reference can be serialized. The JDK compares the name of the method when it reads such a reference.
    private static boolean isSerializable(InvokeDynamicInstruction dynamic) {
        return dynamic.bootstrapMethod().methodName().equals("altMetafactory")
                && dynamic.bootstrapArgs().get(3) instanceof Integer flags
                && (flags & LambdaMetafactory.FLAG_SERIALIZABLE) != 0;
    }

    /// Writes `dynamic`, with a generated method if it needs one.
    void write(CodeBuilder code, InvokeDynamicInstruction dynamic) {
        if (loaded || !isNeeded(dynamic)) {
            code.with(dynamic);
            return;
        }
        ConstantDesc[] arguments = dynamic.bootstrapArgs().toArray(ConstantDesc[]::new);
        var bridge = new Bridge((DirectMethodHandleDesc) arguments[1], dynamic.typeSymbol().parameterList());
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
                        dynamic.bootstrapMethod(), dynamic.name().stringValue(), dynamic.typeSymbol(), arguments));
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
        Point point = Objects.requireNonNull(finder.of(method));
        if (method.kind() == DirectMethodHandleDesc.Kind.CONSTRUCTOR) {
            code.new_(method.owner()).dup();
        }
        List<ClassDesc> parameters = bridge.type().parameterList(); // the object comes first
        for (int i = 0; i < parameters.size(); i++) {
            code.loadLocal(TypeKind.from(parameters.get(i)), code.parameterSlot(i));
        }
        var writer = new PointWriter();
        if (writer.write(code, call, point)) {
            writer.call(
                    code,
                    call,
                    point,
                    () ->
                            code.invoke(
                                    call.opcode(),
                                    method.owner(),
                                    call.name(),
                                    call.type(),
                                    method.isOwnerInterface()));
        }
        code.return_(TypeKind.from(bridge.type().returnType()));
    }
}
