package gofer.testing.agent;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells which instructions touch what is not Gofer's but may be shared: fields, elements of arrays, objects of `java.util` and
/// below, atomic ones and locks included, handles of variables, and monitors.
final class Guard {

    private static final String THREAD = "java/lang/Thread";

    /// The methods of Thread by which a program waits for others to go on.
    private static final Set<String> PAUSES = Set.of("yield", "onSpinWait");

    /// The methods that end the process.
    private static final Set<String> EXITS =
            Set.of("java/lang/System.exit", "java/lang/Runtime.exit", "java/lang/Runtime.halt");

    /// What these have of an object is their own, or cannot change.
    private static final List<String> HARMLESS =
            List.of(
                    "java/util/function/",
                    "java/util/stream/",
                    "java/util/Optional",
                    "java/util/UUID",
                    "java/util/Locale",
                    "java/util/regex/",
                    "java/util/concurrent/TimeUnit");

    /// Methods of Object, with their types.
    private static final Map<String, String> OF_MONITORS =
            Map.of(
                    "wait()V", "WAIT",
                    "wait(J)V", "WAIT",
                    "wait(JI)V", "WAIT",
                    "notify()V", "NOTIFY",
                    "notifyAll()V", "NOTIFY_ALL");

    private final Constants constants;

    Guard(Constants constants) {
        this.constants = constants;
    }

    /// What an instruction does, as [GoferPoints] is told; `PAUSE` if it only lets others go first; [GoferPoints#EXITS] if it ends the
    /// process; null if it needs no point.
    @Nullable String of(CodeElement element) {
        return switch (element) {
            case FieldInstruction field -> constants.isOne(field) ? null : ofField(field);
            case ArrayLoadInstruction _ -> "READ element";
            case ArrayStoreInstruction _ -> "WRITE element";
            case MonitorInstruction monitor -> monitor.opcode() == Opcode.MONITORENTER ? "ENTER" : "EXIT";
            case InvokeInstruction call -> ofCall(call);
            default -> null;
        };
    }

    private static String ofField(FieldInstruction field) {
        boolean reads = field.opcode() == Opcode.GETFIELD || field.opcode() == Opcode.GETSTATIC;
        return (reads ? "READ " : "WRITE ") + field.name().stringValue();
    }

    private static @Nullable String ofCall(InvokeInstruction call) {
        String owner = call.owner().asInternalName();
        String name = call.name().stringValue();
        if (EXITS.contains(owner + "." + name)) {
            return GoferPoints.EXITS;
        }
        if (call.opcode() == Opcode.INVOKESTATIC) {
            return owner.equals(THREAD) && PAUSES.contains(name) ? "PAUSE" : null;
        }
        if (call.opcode() == Opcode.INVOKESPECIAL) {
            return null;
        }
        String ofMonitor = OF_MONITORS.get(name + call.type().stringValue());
        if (ofMonitor != null) {
            return ofMonitor;
        }
        if (owner.equals(THREAD)) {
            return name.equals("interrupt") ? "INTERRUPT" : null;
        }
        return isShared(owner) ? "CALL " + name : null;
    }

    /// Whether objects of the type may be used by several at once, and are of the JDK.
    static boolean isShared(String type) {
        return type.startsWith("java/util/") && HARMLESS.stream().noneMatch(type::startsWith)
                || type.equals("java/lang/invoke/VarHandle");
    }
}
