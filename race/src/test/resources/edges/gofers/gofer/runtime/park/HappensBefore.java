package gofer.runtime.park;

public final class HappensBefore {
    public static boolean isRecorded() {
        return false;
    }

    public static void release(Object object) {
        release(object, 0);
    }

    public static void release(Object object, int part) {
        throw new AssertionError();
    }

    public static void acquire(Object object, int part) {
        throw new AssertionError();
    }

    public static void pass(Object from, Object to, int part) {
        throw new AssertionError();
    }
}
