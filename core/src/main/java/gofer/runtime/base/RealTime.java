package gofer.runtime.base;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Instant;

/// The clocks of the machine. In a world, the JDK's methods are not sufficient, because an agent may have redirected
/// them to the world's clock.
public final class RealTime {

    private static final MethodHandle NANO_TIME = clock("nanoTime");
    private static final MethodHandle MILLIS = clock("currentTimeMillis");

    private RealTime() {}

    private static MethodHandle clock(String name) {
        try {
            return MethodHandles.lookup().findStatic(System.class, name, MethodType.methodType(long.class));
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(name, impossible);
        }
    }

    /// Returns [System#nanoTime].
    public static long nanoTime() {
        return read(NANO_TIME);
    }

    /// Returns the calendar time, to the millisecond.
    public static Instant calendar() {
        return Instant.ofEpochMilli(read(MILLIS));
    }

    private static long read(MethodHandle clock) {
        try {
            return (long) clock.invokeExact();
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
