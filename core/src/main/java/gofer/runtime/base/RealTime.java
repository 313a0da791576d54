package gofer.runtime.base;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Instant;

/// The machine's clocks as they are. Plain calls of the JDK's are not enough in a world: an agent may have put its clock in
/// their place.
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

    /// That of [System].
    public static long nanoTime() {
        return ask(NANO_TIME);
    }

    /// The calendar time, to the millisecond.
    public static Instant calendar() {
        return Instant.ofEpochMilli(ask(MILLIS));
    }

    private static long ask(MethodHandle clock) {
        try {
            return (long) clock.invokeExact();
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
