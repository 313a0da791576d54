package gofer.testing;

import gofer.runtime.base.SyncPoint;
import java.lang.invoke.VarHandle;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/// An operation of rewritten code on an object outside of Gofer.
///
/// @param operation the operation
/// @param shared the object; for a static field its class, or the name of the class if the class file version has no class
///     constants
/// @param member the name of the field or method, or the index of the element; empty for monitors
/// @param isCertain false for an object that a call only may access, such as an argument
/// @param next the access to another object in the same step; null if there is none
record Access(SyncPoint operation, Object shared, Object member, boolean isCertain, @Nullable Access next) {

    private static final Set<SyncPoint> FOREIGN = EnumSet.range(SyncPoint.ACCESS, SyncPoint.INTERRUPT);

    private static final Set<SyncPoint> OF_MONITORS = EnumSet.range(SyncPoint.ENTER, SyncPoint.NOTIFY_ALL);

    /// Methods that change nothing, if [JdkKind#hasReadOnlyQueries].
    private static final Set<String> QUERIES =
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

    private static final Set<String> ITERATION = Set.of("hasNext", "next");

    /// Methods that use the elements of a collection.
    private static final Set<String> DEEP = Set.of("equals", "hashCode", "toString");

    Access(SyncPoint operation, Object shared, Object member) {
        this(operation, shared, member, true, null);
    }

    /// Returns whether `operation` is on an object outside of Gofer.
    static boolean isForeign(SyncPoint operation) {
        return FOREIGN.contains(operation);
    }

    /// Returns whether the order of this access and `other` may matter.
    boolean conflictsWith(Access other) {
        for (Access mine = this; mine != null; mine = mine.next) {
            for (Access theirs = other; theirs != null; theirs = theirs.next) {
                if (mine.conflictsWithOne(theirs)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean conflictsWithOne(Access other) {
        if (isOfMonitor() || other.isOfMonitor()) {
            return isOfMonitor() && other.isOfMonitor() && shared == other.shared;
        }
        if (onlyReads() && other.onlyReads() || shared != other.shared && onlyIterates() && other.onlyIterates()) {
            return false;
        }
        if (isIndirect() || other.isIndirect()) {
            return true;
        }
        if (operation == SyncPoint.CALL) {
            return other.operation == SyncPoint.CALL
                    ? Overlap.mayShareState(shared, other.shared) || usesElementsOf(other) || other.usesElementsOf(this)
                    : touchesVariable(other);
        }
        if (other.operation == SyncPoint.CALL) {
            return other.touchesVariable(this);
        }
        return isStatic() && other.isStatic()
                ? member.equals(other.member) // `shared` may be a subclass
                : shared == other.shared && member.equals(other.member);
    }

    /// Returns whether this call may touch the field or element of `other`.
    private boolean touchesVariable(Access other) {
        return other.member instanceof Integer
                ? Overlap.mayShareState(shared, other.shared)
                : shared == other.shared && member.equals("clone");
    }

    /// Returns whether this call uses the elements of a collection, and `other` may be a call on such an element.
    private boolean usesElementsOf(Access other) {
        return isDeep() && JdkKind.of(other.shared) != JdkKind.NONE;
    }

    private boolean isDeep() {
        return DEEP.contains(member) && JdkKind.of(shared).isCollection();
    }

    /// Returns whether this access may touch `object`, which another operation uses.
    boolean touches(Object object) {
        for (Access access = this; access != null; access = access.next) {
            if (Overlap.mayShareState(access.shared, object)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOfMonitor() {
        return OF_MONITORS.contains(operation);
    }

    /// Returns whether this is an access to a field.
    boolean isOfField() {
        return operation != SyncPoint.CALL && member instanceof String;
    }

    /// Returns whether this is an access to a static field.
    boolean isStatic() {
        return operation != SyncPoint.CALL && (shared instanceof Class<?> || shared instanceof String);
    }

    /// Returns whether the accessed field belongs to another object.
    boolean isIndirect() {
        return shared instanceof VarHandle
                || shared instanceof AtomicIntegerFieldUpdater<?>
                || shared instanceof AtomicLongFieldUpdater<?>
                || shared instanceof AtomicReferenceFieldUpdater<?, ?>;
    }

    boolean onlyReads() {
        if (operation != SyncPoint.CALL) {
            return operation == SyncPoint.READ;
        }
        JdkKind kind = JdkKind.of(shared);
        return kind == JdkKind.IMMUTABLE
                || QUERIES.contains(member) && (kind.hasReadOnlyQueries() || member.equals("clone"));
    }

    /// Returns whether this access changes at most an iterator.
    private boolean onlyIterates() {
        return onlyReads()
                || operation == SyncPoint.CALL && ITERATION.contains(member) && JdkKind.of(shared) == JdkKind.ITERATOR;
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
