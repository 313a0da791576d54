package gofer.race.edges.child;

import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/// Hooks that only count, for programs that must run as without hooks.
public final class CountingHooks {

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final long[] COUNTS = new long[4];
    private static final int EDGES = 0;
    private static final int STARTS = 1;
    private static final int ENDS = 2;
    private static final int QUIET = 3;

    private CountingHooks() {}

    private static void count(int what, int change) {
        UNSAFE.getAndAddLong(
                COUNTS, Unsafe.ARRAY_LONG_BASE_OFFSET + (long) what * Unsafe.ARRAY_LONG_INDEX_SCALE, change);
    }

    /// Returns the number of edges, of started threads, of ended threads, and of quiet calls that have not ended.
    public static long[] counts() {
        return COUNTS.clone();
    }

    public static void acquire(Object object, long part) {
        count(EDGES, 1);
    }

    public static void release(Object object, long part) {
        count(EDGES, 1);
    }

    public static void acquireAt(Object object, long offset) {
        count(EDGES, 1);
    }

    public static void releaseAt(Object object, long offset) {
        count(EDGES, 1);
    }

    public static void acquireHandle(Object handle, @Nullable Object target, int index) {
        count(EDGES, 1);
    }

    public static void releaseHandle(Object handle, @Nullable Object target, int index) {
        count(EDGES, 1);
    }

    public static void pass(Object from, Object to, long part) {
        count(EDGES, 1);
    }

    public static void starting(Thread thread) {
        count(STARTS, 1);
    }

    public static void ended(Thread thread) {
        count(ENDS, 1);
    }

    public static void joined(Thread thread) {}

    public static void enterQuiet() {
        count(QUIET, 1);
    }

    public static void exitQuiet() {
        count(QUIET, -1);
    }

    public static void exiting(int status) {}
}
