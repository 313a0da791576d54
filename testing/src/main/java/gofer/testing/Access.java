package gofer.testing;

import gofer.runtime.base.SyncPoint;
import java.lang.invoke.VarHandle;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/// What rewritten code is about to do to something that is none of Gofer's.
///
/// @param operation what it does
/// @param shared the object; for a static field its class, or the name of that where a class file is too old to speak of classes
/// @param member the name of the field or of the method, the index of the element; empty for monitors
/// @param also what it does to another object at once; null for nothing
record Access(SyncPoint operation, Object shared, Object member, @Nullable Access also) {

    private static final Set<SyncPoint> FOREIGN = EnumSet.range(SyncPoint.ACCESS, SyncPoint.INTERRUPT);

    private static final Set<SyncPoint> OF_MONITORS = EnumSet.range(SyncPoint.ENTER, SyncPoint.NOTIFY_ALL);

    /// Methods that change nothing, if [JdkKind#isNamedWell].
    private static final Set<String> READING =
            Set.of(
                    "charAt",
                    "ceilingEntry",
                    "ceilingKey",
                    "clone",
                    "compareTo",
                    "contains",
                    "containsAll",
                    "containsKey",
                    "containsValue",
                    "element",
                    "entrySet",
                    "equals",
                    "first",
                    "firstEntry",
                    "firstKey",
                    "floorEntry",
                    "floorKey",
                    "get",
                    "getAcquire",
                    "getFirst",
                    "getLast",
                    "getOpaque",
                    "getOrDefault",
                    "getPlain",
                    "hashCode",
                    "indexOf",
                    "intValue",
                    "isEmpty",
                    "iterator",
                    "keySet",
                    "last",
                    "lastEntry",
                    "lastIndexOf",
                    "lastKey",
                    "length",
                    "longValue",
                    "peek",
                    "peekFirst",
                    "peekLast",
                    "size",
                    "stream",
                    "subSequence",
                    "substring",
                    "toArray",
                    "toString",
                    "values");

    private static final Set<String> MOVING = Set.of("hasNext", "next");

    /// These look into what is in a collection.
    private static final Set<String> DEEP = Set.of("equals", "hashCode", "toString");

    Access(SyncPoint operation, Object shared, Object member) {
        this(operation, shared, member, null);
    }

    /// Whether `operation` is one on something that is none of Gofer's.
    static boolean isForeign(SyncPoint operation) {
        return FOREIGN.contains(operation);
    }

    /// Whether the order of this one and `other` may matter.
    boolean conflictsWith(Access other) {
        for (Access mine = this; mine != null; mine = mine.also) {
            for (Access its = other; its != null; its = its.also) {
                if (mine.conflictsAlone(its)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean conflictsAlone(Access other) {
        if (isOfMonitor() || other.isOfMonitor()) {
            return isOfMonitor() && other.isOfMonitor() && shared == other.shared;
        }
        if (onlyReads() && other.onlyReads() || shared != other.shared && onlyMoves() && other.onlyMoves()) {
            return false;
        }
        if (isIndirect() || other.isIndirect()) {
            return true;
        }
        if (operation == SyncPoint.CALL) {
            return other.operation == SyncPoint.CALL
                    ? Overlap.isSame(shared, other.shared) || looksInto(other) || other.looksInto(this)
                    : touchesVariable(other);
        }
        if (other.operation == SyncPoint.CALL) {
            return other.touchesVariable(this);
        }
        return isStatic() && other.isStatic()
                ? member.equals(other.member) // it may be named by a subclass
                : shared == other.shared && member.equals(other.member);
    }

    /// Whether this call may touch the field or the element that `other` does.
    private boolean touchesVariable(Access other) {
        return other.member instanceof Integer
                ? Overlap.isSame(shared, other.shared)
                : shared == other.shared && member.equals("clone");
    }

    /// Whether what `other` calls may be in a collection of which this makes a text.
    private boolean looksInto(Access other) {
        return isDeep() && JdkKind.of(other.shared) != JdkKind.NONE;
    }

    private boolean isDeep() {
        return DEEP.contains(member) && JdkKind.of(shared).isCollection();
    }

    /// Whether it may touch `object`, with which something else happens.
    boolean touches(Object object) {
        for (Access access = this; access != null; access = access.also) {
            if (Overlap.isSame(access.shared, object)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOfMonitor() {
        return OF_MONITORS.contains(operation);
    }

    /// Whether it is one to a static field.
    boolean isStatic() {
        return operation != SyncPoint.CALL && (shared instanceof Class<?> || shared instanceof String);
    }

    /// Whether the field that is accessed is another's.
    private boolean isIndirect() {
        return shared instanceof VarHandle
                || shared instanceof AtomicIntegerFieldUpdater<?>
                || shared instanceof AtomicLongFieldUpdater<?>
                || shared instanceof AtomicReferenceFieldUpdater<?, ?>;
    }

    private boolean onlyReads() {
        if (operation != SyncPoint.CALL) {
            return operation == SyncPoint.READ;
        }
        JdkKind kind = JdkKind.of(shared);
        return kind == JdkKind.CONSTANT || READING.contains(member) && (kind.isNamedWell() || member.equals("clone"));
    }

    /// Whether it changes at most an iterator.
    private boolean onlyMoves() {
        return onlyReads()
                || operation == SyncPoint.CALL && MOVING.contains(member) && JdkKind.of(shared) == JdkKind.ITERATOR;
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
