package gofer.testing;

import gofer.runtime.chan.Op;
import org.jspecify.annotations.Nullable;

/// A check of whether two operations touch the same object.
final class Overlap {

    private Overlap() {}

    static boolean between(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return false;
        }
        if (a instanceof Op[] ops) {
            for (Op op : ops) {
                if (between(op.target(), b)) {
                    return true;
                }
            }
            return false;
        }
        if (b instanceof Op[]) {
            return between(b, a);
        }
        if (a instanceof Access one) {
            return b instanceof Access other ? one.conflictsWith(other) : one.touches(b);
        }
        return b instanceof Access ? between(b, a) : mayShareState(a, b);
    }

    /// Returns whether `a` and `b` may share state: one of two objects of the JDK may be a view or an iterator of the other.
    static boolean mayShareState(Object a, Object b) {
        return a == b || JdkKind.of(a).overlaps(JdkKind.of(b));
    }
}
