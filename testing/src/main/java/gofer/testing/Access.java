package gofer.testing;

import gofer.runtime.base.Operation;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/// What rewritten code is about to do to something that is none of Gofer's.
///
/// @param operation what it does
/// @param shared the object; for a static field its class, or the name of that where a class file is too old to speak of classes
/// @param member the name of the field or of the method, the index of the element; empty for monitors
record Access(Operation operation, Object shared, Object member) {

    private static final Set<Operation> FOREIGN = EnumSet.range(Operation.ACCESS, Operation.INTERRUPT);

    private static final Set<Operation> OF_MONITORS = EnumSet.range(Operation.ENTER, Operation.NOTIFY_ALL);

    /// Methods that change nothing, of the classes below.
    private static final Set<String> READING =
            Set.of(
                    "get",
                    "getAcquire",
                    "getOpaque",
                    "getPlain",
                    "intValue",
                    "longValue",
                    "getOrDefault",
                    "containsKey",
                    "containsValue",
                    "contains",
                    "size",
                    "isEmpty",
                    "length",
                    "peek");

    /// Those of which it is known. A map that keeps the order of access, for example, is changed by `get`.
    private static final Set<Class<?>> PLAIN =
            Set.of(
                    ArrayDeque.class,
                    ArrayList.class,
                    ConcurrentHashMap.class,
                    ConcurrentLinkedQueue.class,
                    CopyOnWriteArrayList.class,
                    HashMap.class,
                    HashSet.class,
                    TreeMap.class,
                    TreeSet.class);

    /// Whether `operation` is one on something that is none of Gofer's.
    static boolean isForeign(Operation operation) {
        return FOREIGN.contains(operation);
    }

    /// Whether the order of this one and `other` may matter.
    boolean conflictsWith(Access other) {
        if (isOfMonitor() || other.isOfMonitor()) {
            return isOfMonitor() && other.isOfMonitor() && shared == other.shared;
        }
        if (onlyReads() && other.onlyReads()) {
            return false;
        }
        if (isIndirect() || other.isIndirect()) {
            return true;
        }
        if (isStatic() && other.isStatic()) {
            return member.equals(other.member); // it may be named by a subclass
        }
        return operation == Operation.CALL
                ? other.operation == Operation.CALL && Overlap.isSame(shared, other.shared)
                : shared == other.shared && member.equals(other.member);
    }

    private boolean isOfMonitor() {
        return OF_MONITORS.contains(operation);
    }

    /// Whether it is one to a static field.
    boolean isStatic() {
        return operation != Operation.CALL && (shared instanceof Class<?> || shared instanceof String);
    }

    /// Whether the field that is accessed is another's.
    private boolean isIndirect() {
        return shared instanceof VarHandle
                || shared instanceof AtomicIntegerFieldUpdater<?>
                || shared instanceof AtomicLongFieldUpdater<?>
                || shared instanceof AtomicReferenceFieldUpdater<?, ?>;
    }

    private boolean onlyReads() {
        return operation == Operation.READ
                || operation == Operation.CALL
                        && READING.contains(member)
                        && (PLAIN.contains(shared.getClass())
                                || shared.getClass().getPackageName().equals("java.util.concurrent.atomic"));
    }

    /// `write total of Account 1`, if the object is called that.
    String text(String name) {
        return switch (operation) {
            case READ, WRITE -> operation + (member instanceof Integer ? " element " : " ") + member + " of " + name;
            case CALL -> operation + " " + member + " on " + name;
            default -> operation + " " + name;
        };
    }
}
