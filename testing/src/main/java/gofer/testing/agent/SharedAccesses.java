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

/// The instructions that access state that is not Gofer's but may be shared: fields, elements of arrays, objects of the JDK and
/// of its subclasses (atomic variables and locks included), variable handles, and monitors.
///
/// What a call does is determined by the type that declares the method, see [Origins]. A method of the program has scheduling
/// points of its own. For what the call does to its arguments see [Arguments].
final class SharedAccesses {

    private static final String THREAD = "java/lang/Thread";

    private static final String OBJECT = "java/lang/Object";

    /// The methods of Thread by which a program waits for other threads.
    private static final Set<String> PAUSES = Set.of("yield", "onSpinWait");

    /// Methods of Thread that read the state of other threads.
    private static final Set<String> LOOKS = Set.of("interrupted", "isInterrupted", "isAlive", "getState");

    /// The methods that end the process.
    private static final Set<String> EXITS =
            Set.of("java/lang/System.exit", "java/lang/Runtime.exit", "java/lang/Runtime.halt");

    /// Methods of Object, with their types.
    private static final Map<String, String> OF_MONITORS =
            Map.of(
                    "wait()V", "WAIT",
                    "wait(J)V", "WAIT",
                    "wait(JI)V", "WAIT",
                    "notify()V", "NOTIFY",
                    "notifyAll()V", "NOTIFY_ALL");

    /// Methods of Object that classes of the JDK override.
    private static final Set<String> OF_OBJECT = Set.of("toString", "equals", "hashCode");

    private static final String CONCATENATION = "Ljava/lang/invoke/StringConcatFactory;";

    private final Constants constants;
    private final Origins origins;

    SharedAccesses(ClassFiles files) {
        constants = new Constants(files);
        origins = new Origins(files);
    }

    /// Returns the scheduling point before an instruction, or null if it needs none. The result is [Point#PAUSE] if it only
    /// lets other goroutines run, and [GoferPoints#EXITS] if it ends the process. The last argument of a call may be an array
    /// that has just been `filled`.
    @Nullable Point of(CodeElement element, boolean filled) {
        return switch (element) {
            case FieldInstruction field -> constants.isOne(field) ? null : ofField(field);
            case ArrayLoadInstruction _ -> Point.of("READ element");
            case ArrayStoreInstruction _ -> Point.of("WRITE element");
            case MonitorInstruction monitor -> Point.of(monitor.opcode() == Opcode.MONITORENTER ? "ENTER" : "EXIT");
            case InvokeInstruction call -> of(Call.of(call), filled);
            case InvokeDynamicInstruction made when RecordMethods.isOne(made) ->
                    ofTexts(RecordMethods.places(made, this), made.name().stringValue());
            case InvokeDynamicInstruction made
                    when made.bootstrapMethod().owner().descriptorString().equals(CONCATENATION) ->
                    ofConcatenation(made.typeSymbol().parameterList());
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
        if (EXITS.contains(call.owner() + "." + call.name())) {
            return Point.of(GoferPoints.EXITS);
        }
        String ofMonitor = call.isOnObject() ? OF_MONITORS.get(call.name() + call.type().descriptorString()) : null;
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
        if (call.isStatic() && PAUSES.contains(call.name())) {
            return Point.of(Point.PAUSE);
        }
        if (LOOKS.contains(call.name())) {
            return new Point("INSPECT " + call.name(), !call.isStatic(), List.of());
        }
        return call.name().equals("interrupt") ? Point.of("INTERRUPT") : null;
    }

    private static @Nullable Point ofJdk(Call call, List<String> owners, boolean filled) {
        String owner = owners.getFirst();
        List<ClassDesc> parameters = call.type().parameterList();
        List<Integer> places = Arguments.places(owner, call.name(), parameters);
        List<String> words = new ArrayList<>();
        JdkTypes.Sharing sharing = call.isOnObject() ? sharing(call, owners) : JdkTypes.Sharing.NONE;
        if (sharing != JdkTypes.Sharing.NONE) {
            String name = call.name().replace(' ', '_');
            words.add(sharing == JdkTypes.Sharing.CHECKED ? Arguments.CHECKED + name : name);
        }
        for (int place : places) {
            boolean made = filled && place == parameters.size() - 1 && parameters.get(place).isArray();
            words.add((made ? Arguments.ELEMENTS : Arguments.CHECKED) + Arguments.word(owner, call.name(), place));
        }
        return words.isEmpty()
                ? null
                : new Point("CALL " + String.join(" ", words), sharing != JdkTypes.Sharing.NONE, places);
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
            boolean checked = OF_OBJECT.contains(call.name()) && !call.isSpecial();
            return checked ? JdkTypes.Sharing.CHECKED : JdkTypes.Sharing.NONE;
        }
        if (owner.startsWith("java/util/stream/")) { // a stream reads its source in its terminal operation
            boolean more = call.type().returnType().descriptorString().startsWith("Ljava/util/stream/");
            return more ? JdkTypes.Sharing.NONE : JdkTypes.Sharing.SHARED;
        }
        return owner.equals(Origins.UNKNOWN) ? JdkTypes.Sharing.CHECKED : JdkTypes.sharing(owner);
    }

    private @Nullable Point ofConcatenation(List<ClassDesc> parts) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (mayBeShared(parts.get(i), "toString", MethodTypeDesc.of(ConstantDescs.CD_String))) {
                places.add(i);
            }
        }
        return ofTexts(places, "toString");
    }

    private static @Nullable Point ofTexts(List<Integer> places, String name) {
        String words = " " + Arguments.CHECKED + name;
        return places.isEmpty() ? null : new Point("CALL" + words.repeat(places.size()), false, places);
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
