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

    /// Returns whether `made` is the body of such a method.
    static boolean isOne(InvokeDynamicInstruction made) {
        return made.bootstrapMethod().owner().descriptorString().equals(FACTORY)
                && TYPES.containsKey(made.name().stringValue());
    }

    /// Returns the indices, among the arguments of the bootstrap method, of the components that may be shared.
    static List<Integer> places(InvokeDynamicInstruction made, SharedAccesses guard) {
        String name = made.name().stringValue();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < made.bootstrapArgs().size(); i++) {
            if (made.bootstrapArgs().get(i) instanceof DirectMethodHandleDesc field
                    && field.kind() == DirectMethodHandleDesc.Kind.GETTER
                    && guard.mayBeShared(
                            field.invocationType().returnType(), name, Objects.requireNonNull(TYPES.get(name)))) {
                places.add(i);
            }
        }
        return places;
    }

    /// Writes the scheduling point.
    static void write(CodeBuilder code, InvokeDynamicInstruction made, Point point) {
        List<Consumer<CodeBuilder>> loads = new ArrayList<>();
        for (int place : point.arguments()) {
            var field = (DirectMethodHandleDesc) made.bootstrapArgs().get(place);
            loads.add(
                    to -> to.aload(0).getfield(field.owner(), field.methodName(), field.invocationType().returnType()));
        }
        PointWriter.tell(code, loads, point.what());
    }
}
