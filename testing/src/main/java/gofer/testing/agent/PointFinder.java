package gofer.testing.agent;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A finder of the instructions that need a scheduling point: those that may access shared state outside of Gofer. That is
/// fields, elements of arrays, objects of the JDK and of its subclasses (atomic variables and locks included), variable handles,
/// and monitors.
///
/// The type that declares the method determines the effect of a call; see [Origins]. A method of the program has scheduling
/// points of its own. For the effect on arguments, see [Arguments].
final class PointFinder {

    private static final String THREAD = "java/lang/Thread";

    private static final String OBJECT = "java/lang/Object";

    /// The methods of Thread that let other threads run.
    private static final Set<String> WAITING = Set.of("yield", "onSpinWait");

    /// Methods of Thread that read the state of other threads.
    private static final Set<String> QUERIES = Set.of("interrupted", "isInterrupted", "isAlive", "getState");

    /// The methods that end the process.
    private static final Set<String> EXIT_METHODS =
            Set.of("java/lang/System.exit", "java/lang/Runtime.exit", "java/lang/Runtime.halt");

    /// Methods of Object, with their types.
    private static final Map<String, String> MONITOR_METHODS =
            Map.of(
                    "wait()V", "WAIT",
                    "wait(J)V", "WAIT",
                    "wait(JI)V", "WAIT",
                    "notify()V", "NOTIFY",
                    "notifyAll()V", "NOTIFY_ALL");

    /// Methods of Object that classes of the JDK override.
    private static final Set<String> OVERRIDDEN = Set.of("toString", "equals", "hashCode");

    private static final String CONCATENATION = "Ljava/lang/invoke/StringConcatFactory;";

    private final Constants constants;
    private final Origins origins;

    PointFinder(ClassFiles files) {
        constants = new Constants(files);
        origins = new Origins(files);
    }

    /// Returns the scheduling point before an instruction, or null if it needs none. The operation of the point is
    /// [Point#PAUSE] if the instruction only lets other goroutines run, and [GoferPoints#PROCESS_EXITS] if it ends the process.
    ///
    /// @param filled whether the last argument of a call is an array that was created for the call
    @Nullable Point of(CodeElement element, boolean filled) {
        return switch (element) {
            case FieldInstruction field -> constants.contains(field) ? null : ofField(field);
            case ArrayLoadInstruction _ -> Point.of("READ element");
            case ArrayStoreInstruction _ -> Point.of("WRITE element");
            case MonitorInstruction monitor -> Point.of(monitor.opcode() == Opcode.MONITORENTER ? "ENTER" : "EXIT");
            case InvokeInstruction call -> of(Call.of(call), filled);
            case InvokeDynamicInstruction dynamic when RecordMethods.isRecordMethod(dynamic) ->
                    ofMethodOnEach(RecordMethods.sharedComponents(dynamic, this), dynamic.name().stringValue());
            case InvokeDynamicInstruction dynamic
                    when dynamic.bootstrapMethod().owner().descriptorString().equals(CONCATENATION) ->
                    ofConcatenation(dynamic.typeSymbol().parameterList());
            default -> null;
        };
    }

    /// Returns the scheduling point for the method that a method reference calls.
    @Nullable Point of(DirectMethodHandleDesc method) {
        Call call = Call.of(method);
        return call == null ? null : of(call, false);
    }

    private static Point ofField(FieldInstruction field) {
        boolean reads = field.opcode() == Opcode.GETFIELD || field.opcode() == Opcode.GETSTATIC;
        return Point.of((reads ? "READ " : "WRITE ") + field.name().stringValue());
    }

    private @Nullable Point of(Call call, boolean filled) {
        if (EXIT_METHODS.contains(call.owner() + "." + call.name())) {
            return Point.of(GoferPoints.PROCESS_EXITS);
        }
        String ofMonitor = call.isOnObject() ? MONITOR_METHODS.get(call.name() + call.type().descriptorString()) : null;
        if (ofMonitor != null) {
            return Point.of(ofMonitor);
        }
        if (call.isClone()) {
            return Point.of("CALL clone");
        }
        List<String> owners = call.isOfArray() ? List.of() : origins.of(call.owner(), call.method());
        if (owners.isEmpty()) {
            return null;
        }
        return owners.contains(THREAD) ? ofThread(call) : ofJdk(call, owners, filled);
    }

    private static @Nullable Point ofThread(Call call) {
        if (call.isStatic() && WAITING.contains(call.name())) {
            return Point.of(Point.PAUSE);
        }
        if (QUERIES.contains(call.name())) {
            return new Point("INSPECT " + call.name(), !call.isStatic(), List.of());
        }
        return switch (call.name()) {
            case "interrupt" -> Point.of("INTERRUPT");
            case "join" -> Point.of(GoferPoints.JOINS);
            default -> null;
        };
    }

    private static @Nullable Point ofJdk(Call call, List<String> owners, boolean filled) {
        String owner = owners.getFirst();
        List<ClassDesc> parameters = call.type().parameterList();
        List<Integer> indices = Arguments.indices(owner, call.name(), parameters);
        List<String> operands = new ArrayList<>();
        JdkTypes.Sharing sharing = call.isOnObject() ? sharing(call, owners) : JdkTypes.Sharing.NONE;
        if (sharing != JdkTypes.Sharing.NONE) {
            String name = call.name().replace(' ', '_');
            operands.add(sharing == JdkTypes.Sharing.CHECKED ? Arguments.CHECKED + name : name);
        }
        for (int index : indices) {
            boolean isNew = filled && index == parameters.size() - 1 && parameters.get(index).isArray();
            operands.add((isNew ? Arguments.ELEMENTS : Arguments.CHECKED) + Arguments.word(owner, call.name(), index));
        }
        return operands.isEmpty()
                ? null
                : new Point("CALL " + String.join(" ", operands), sharing != JdkTypes.Sharing.NONE, indices);
    }

    private static JdkTypes.Sharing sharing(Call call, List<String> owners) {
        if (call.name().equals("getClass")) {
            return JdkTypes.Sharing.NONE;
        }
        JdkTypes.Sharing most = JdkTypes.Sharing.NONE;
        for (String owner : owners) {
            JdkTypes.Sharing sharing = sharing(call, owner);
            most = sharing.compareTo(most) > 0 ? sharing : most;
        }
        return most;
    }

    private static JdkTypes.Sharing sharing(Call call, String owner) {
        if (owner.equals(OBJECT)) {
            boolean checked = OVERRIDDEN.contains(call.name()) && !call.isSpecial();
            return checked ? JdkTypes.Sharing.CHECKED : JdkTypes.Sharing.NONE;
        }
        if (owner.startsWith("java/util/stream/")) { // a stream reads its source in its terminal operation
            boolean more = call.type().returnType().descriptorString().startsWith("Ljava/util/stream/");
            return more ? JdkTypes.Sharing.NONE : JdkTypes.Sharing.SHARED;
        }
        return owner.equals(Origins.UNKNOWN) ? JdkTypes.Sharing.CHECKED : JdkTypes.sharing(owner);
    }

    private @Nullable Point ofConcatenation(List<ClassDesc> parts) {
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (mayBeShared(parts.get(i), "toString", MethodTypeDesc.of(ConstantDescs.CD_String))) {
                indices.add(i);
            }
        }
        return ofMethodOnEach(indices, "toString");
    }

    private static @Nullable Point ofMethodOnEach(List<Integer> indices, String name) {
        String operands = " " + Arguments.CHECKED + name;
        return indices.isEmpty() ? null : new Point("CALL" + operands.repeat(indices.size()), false, indices);
    }

    /// Returns whether the method of an object of the type may be a method of the JDK that accesses shared state.
    boolean mayBeShared(ClassDesc type, String name, MethodTypeDesc method) {
        if (!type.isClassOrInterface()) {
            return false;
        }
        var call = new Call(Opcode.INVOKEVIRTUAL, Call.name(type), name, method);
        return sharing(call, origins.of(call.owner(), call.method())) != JdkTypes.Sharing.NONE;
    }
}
