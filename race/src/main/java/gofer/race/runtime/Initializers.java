package gofer.race.runtime;

import jdk.internal.misc.Unsafe;

/// The edges from the ends of class initializers to what others do with the classes.
///
/// If no other thread lives when an initializer ends, all later threads know that end: it is settled. A class in which it is
/// settled calls no hook.
public final class Initializers {

    /*
     * A thread counts from the moment in which it is about to be started, or first seen, to its end. One that begins counts first,
     * and then learns what is settled. An initializer that ends first adds to what is settled, and then looks whether any other
     * thread counts. So if it sees none, all that come later learn it.
     */

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final int[] COUNT = new int[1]; // of the threads that live
    private static final SpinLock NUMBERS = new SpinLock();

    private static volatile Stamp settled = Stamp.NOTHING;
    private static int last;

    private Initializers() {}

    /// Returns a number for a class that no other class has.
    public static int number() {
        NUMBERS.lock();
        try {
            return ++last;
        } finally {
            NUMBERS.unlock();
        }
    }

    private static int add(int change) {
        return UNSAFE.getAndAddInt(COUNT, Unsafe.ARRAY_INT_BASE_OFFSET, change);
    }

    /// Records that a thread is about to be started. Returns whether it counts from now on.
    static boolean starting(Thread thread) {
        boolean counts = ThreadKind.of(thread) == ThreadKind.ORDINARY;
        if (counts) {
            add(1);
        }
        return counts;
    }

    /// Records that the thread of a strand begins.
    ///
    /// @param counted whether it counts already
    static void begin(Strand strand, Thread thread, boolean counted) {
        strand.isCounted = counted || ThreadKind.of(thread) == ThreadKind.ORDINARY;
        if (strand.isCounted && !counted) {
            add(1);
        }
        strand.acquire(settled);
    }

    /// Records that the thread of a strand has ended.
    static void end(Strand strand) {
        if (strand.isCounted) {
            strand.isCounted = false;
            add(-1);
        }
    }

    /// Records that a strand has initialized a class. Returns whether that is settled.
    static boolean exit(Strand strand, Class<?> type) {
        Edges.release(strand, type, Edges.INITIALIZER);
        if (!isAlone(strand)) {
            return false;
        }
        settled = strand.release();
        return isAlone(strand);
    }

    private static boolean isAlone(Strand strand) {
        return strand.isCounted && UNSAFE.getIntVolatile(COUNT, Unsafe.ARRAY_INT_BASE_OFFSET) == 1;
    }

    /// Records that a strand uses a class that has been initialized.
    static void use(Strand strand, Class<?> type, int number) {
        Edges.acquire(strand, type, Edges.INITIALIZER);
        strand.addInitialized(number);
    }
}
