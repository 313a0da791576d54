package gofer.testing;

import gofer.runtime.park.World;
import gofer.testing.agent.GoferClock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The time of plain Java in a world: that of the world, if our agent has rewritten those who ask for it; else the real one.
final class PlainClock {

    private PlainClock() {}

    /// From now on they are told the time of the world. False if nobody has been rewritten.
    static boolean install() {
        try {
            Class<?> clock = Class.forName(GoferClock.NAME, false, null);
            LongSupplier world = PlainClock::now;
            clock.getField(GoferClock.WORLD).set(null, world);
            return clock.getField(GoferClock.COMPLETE).getBoolean(null);
        } catch (ReflectiveOperationException noAgent) {
            return false;
        }
    }

    /// The thread that runs a world lives in real time.
    private static long now() {
        return Thread.currentThread().isVirtual() && World.current() instanceof Loop loop ? loop.clock.now() : -1;
    }

    /// Where the program, or else the JDK, has called what makes `thread` wait for a time of `System.nanoTime`; null if it does
    /// not.
    static @Nullable StackTraceElement site(Thread thread) {
        StackTraceElement asks = null;
        for (StackTraceElement frame : thread.getStackTrace()) {
            String type = frame.getClassName();
            if (!type.startsWith("java.") && !type.startsWith("jdk.")) {
                return asks == null ? null : frame;
            }
            if (frame.getMethodName().equals("sleepNanos")
                    || type.startsWith("java.util.concurrent.") && !type.endsWith(".LockSupport")) {
                asks = frame;
            }
        }
        return asks;
    }

    /// What to do about `wait`.
    static String explain(String wait) {
        return wait
                + " waits by the real clock, and time here is virtual: if the JVM is started with"
                + " -javaagent:gofer-testing.jar, such waits follow it";
    }
}
