package gofer.testing;

import gofer.runtime.base.SyncPoint;
import java.lang.invoke.VarHandle;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/// An operation of rewritten code on an object that is not Gofer's.
///
/// @param operation what it does
/// @param shared the object; for a static field its class, or the name of the class where the class file version has no class
///     constants
/// @param member the name of the field or method, or the index of the element; empty for monitors
/// @param also what it does to another object in the same step; null for nothing
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

    /// Methods that use the elements of a collection.
    private static final Set<String> DEEP = Set.of("equals", "hashCode", "toString");

    Access(SyncPoint operation, Object shared, Object member) {
        this(operation, shared, member, null);
    }

    /// Returns whether `operation` is on an object that is not Gofer's.
    static boolean isForeign(SyncPoint operation) {
        return FOREIGN.contains(operation);
    }

    /// Returns whether the order of this access and `other` may matter.
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
                ? member.equals(other.member) // `shared` may be a subclass
                : shared == other.shared && member.equals(other.member);
    }

    /// Returns whether this call may touch the field or element that `other` does.
    private boolean touchesVariable(Access other) {
        return other.member instanceof Integer
                ? Overlap.isSame(shared, other.shared)
                : shared == other.shared && member.equals("clone");
    }

    /// Returns whether `other` may call an object in a collection of which this call uses the elements.
    private boolean looksInto(Access other) {
        return isDeep() && JdkKind.of(other.shared) != JdkKind.NONE;
    }

    private boolean isDeep() {
        return DEEP.contains(member) && JdkKind.of(shared).isCollection();
    }

    /// Returns whether this access may touch `object`, which another operation uses.
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

    /// Returns whether this is an access to a static field.
    boolean isStatic() {
        return operation != SyncPoint.CALL && (shared instanceof Class<?> || shared instanceof String);
    }

    /// Returns whether the accessed field belongs to another object.
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

    /// Returns whether this access changes at most an iterator.
    private boolean onlyMoves() {
        return onlyReads()
                || operation == SyncPoint.CALL && MOVING.contains(member) && JdkKind.of(shared) == JdkKind.ITERATOR;
    }

    /// Returns, for example, `write total of Account 1`, where `name` is `Account 1`.
    String text(String name) {
        return switch (operation) {
            case READ, WRITE -> operation + (member instanceof Integer ? " element " : " ") + member + " of " + name;
            case CALL -> operation + " " + member + " on " + name;
            default -> operation + " " + name;
        };
    }
}
