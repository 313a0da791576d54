package gofer.testing;

import gofer.runtime.Op;
import org.jspecify.annotations.Nullable;

/// Tells whether two operations touch the same thing.
final class Overlap {

    private Overlap() {}

    static boolean between(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return false;
        }
        if (a instanceof Op[] ops) {
            for (Op op : ops) {
                if (between(op.core(), b)) {
                    return true;
                }
            }
            return false;
        }
        return b instanceof Op[] ? between(b, a) : a == b || isOfJavaUtil(a) && isOfJavaUtil(b);
    }

    /// Such an object may be a view of another, or its iterator.
    private static boolean isOfJavaUtil(Object object) {
        String name = object.getClass().getPackageName();
        return name.startsWith("java.util") && !name.endsWith(".atomic");
    }
}
