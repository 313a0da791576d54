package gofer.race.rewrite;

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
import org.jspecify.annotations.Nullable;

/// Generated methods for references such as `list::add`. The JDK calls the target of such a reference without an instruction of
/// the program. The generated method replaces the target. It has the hooks, and calls the target.
///
/// Only the names in the class file decide which references get one. So the class gets the same methods whenever it is rewritten.
final class Bridges {

    private static final String FACTORY = "Ljava/lang/invoke/LambdaMetafactory;";
    private static final String NAME = "gofer$call$";

    /// A generated method.
    ///
    /// @param method the target
    /// @param captured the types of the first parameters, which the reference captures and which must stay the same
    /// @param line the line of the reference
    private record Bridge(DirectMethodHandleDesc method, List<ClassDesc> captured, int line) {

        MethodTypeDesc type() {
            MethodTypeDesc all = method.invocationType();
            for (int i = 0; i < captured.size(); i++) {
                all = all.changeParameterType(i, captured.get(i));
            }
            return all;
        }
    }

    private record Named(String name, HookWriter writer) {}

    private final ClassModel type;
    private final CallWriter calls;
    private final Map<Bridge, Named> bridges = new LinkedHashMap<>();

    Bridges(ClassModel type, CallWriter calls) {
        this.type = type;
        this.calls = calls;
    }

    /// Returns the target of the reference that `dynamic` creates if it needs a generated method. Otherwise returns null.
    private @Nullable DirectMethodHandleDesc target(InvokeDynamicInstruction dynamic) {
        if (dynamic.bootstrapMethod().owner().descriptorString().equals(FACTORY)
                && !isSerializable(dynamic)
                && dynamic.bootstrapArgs().size() > 1
                && dynamic.bootstrapArgs().get(1) instanceof DirectMethodHandleDesc method) {
            Call call = Call.of(method);
            boolean needed =
                    call != null && (Jdk.contains(call.owner()) || call.isCloneOfArray()) && calls.hasHooks(call);
            return needed ? method : null;
        }
        return null;
    }

    /// Returns whether the reference can be serialized. The JDK compares the name of the method when it reads such a reference.
    private static boolean isSerializable(InvokeDynamicInstruction dynamic) {
        return dynamic.bootstrapMethod().methodName().equals("altMetafactory")
                && dynamic.bootstrapArgs().get(3) instanceof Integer flags
                && (flags & LambdaMetafactory.FLAG_SERIALIZABLE) != 0;
    }

    /// Writes `dynamic`, with a generated method if it needs one.
    void write(CodeBuilder code, HookWriter writer, InvokeDynamicInstruction dynamic) {
        DirectMethodHandleDesc target = target(dynamic);
        if (target == null) {
            code.with(dynamic);
            return;
        }
        var bridge = new Bridge(target, dynamic.typeSymbol().parameterList(), writer.line());
        Named named = bridges.computeIfAbsent(bridge, _ -> new Named(NAME + bridges.size(), writer.forHelper()));
        ConstantDesc[] arguments = dynamic.bootstrapArgs().toArray(ConstantDesc[]::new);
        arguments[1] =
                MethodHandleDesc.ofMethod(
                        type.flags().has(AccessFlag.INTERFACE)
                                ? DirectMethodHandleDesc.Kind.INTERFACE_STATIC
                                : DirectMethodHandleDesc.Kind.STATIC,
                        type.thisClass().asSymbol(),
                        named.name(),
                        bridge.type());
        code.invokedynamic(
                DynamicCallSiteDesc.of(
                        dynamic.bootstrapMethod(), dynamic.name().stringValue(), dynamic.typeSymbol(), arguments));
        writer.countCall();
    }

    void addTo(ClassBuilder builder) {
        bridges.forEach((bridge, named) ->
                builder.withMethodBody(
                        named.name(),
                        bridge.type(),
                        ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                        code -> write(code, bridge, named.writer())));
    }

    private void write(CodeBuilder code, Bridge bridge, HookWriter writer) {
        DirectMethodHandleDesc method = bridge.method;
        Call call = Objects.requireNonNull(Call.of(method));
        if (call.isConstructor()) {
            code.new_(method.owner()).dup();
        }
        List<ClassDesc> parameters = bridge.type().parameterList(); // the object comes first
        for (int i = 0; i < parameters.size(); i++) {
            code.loadLocal(TypeKind.from(parameters.get(i)), code.parameterSlot(i));
        }
        calls.write(
                code,
                writer,
                call,
                () -> code.invoke(call.opcode(), method.owner(), call.name(), call.type(), method.isOwnerInterface()));
        code.return_(TypeKind.from(bridge.type().returnType()));
    }
}
