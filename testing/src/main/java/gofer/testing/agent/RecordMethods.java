package gofer.testing.agent;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// The accesses of the generated methods of records: `toString`, `hashCode` and `equals` call the same method on each
/// component.
final class RecordMethods {

    private static final String FACTORY = "Ljava/lang/runtime/ObjectMethods;";

    private static final Map<String, MethodTypeDesc> TYPES =
            Map.of(
                    "toString",
                    MethodTypeDesc.of(ConstantDescs.CD_String),
                    "hashCode",
                    MethodTypeDesc.of(ConstantDescs.CD_int),
                    "equals",
                    MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_Object));

    private RecordMethods() {}

    /// Returns whether `dynamic` is the body of such a method.
    static boolean isRecordMethod(InvokeDynamicInstruction dynamic) {
        return dynamic.bootstrapMethod().owner().descriptorString().equals(FACTORY)
                && TYPES.containsKey(dynamic.name().stringValue());
    }

    /// Returns the components that may be shared, as indices of arguments of the bootstrap method.
    static List<Integer> sharedComponents(InvokeDynamicInstruction dynamic, PointFinder finder) {
        String name = dynamic.name().stringValue();
        List<Integer> sharedComponents = new ArrayList<>();
        for (int i = 0; i < dynamic.bootstrapArgs().size(); i++) {
            if (dynamic.bootstrapArgs().get(i) instanceof DirectMethodHandleDesc field
                    && field.kind() == DirectMethodHandleDesc.Kind.GETTER
                    && finder.mayBeShared(
                            field.invocationType().returnType(), name, Objects.requireNonNull(TYPES.get(name)))) {
                sharedComponents.add(i);
            }
        }
        return sharedComponents;
    }

    /// Writes the scheduling point.
    static void write(CodeBuilder code, InvokeDynamicInstruction dynamic, Point point) {
        List<Consumer<CodeBuilder>> loads = new ArrayList<>();
        for (int index : point.arguments()) {
            var field = (DirectMethodHandleDesc) dynamic.bootstrapArgs().get(index);
            loads.add(
                    to -> to.aload(0).getfield(field.owner(), field.methodName(), field.invocationType().returnType()));
        }
        PointWriter.emit(code, loads, point.what());
    }
}
