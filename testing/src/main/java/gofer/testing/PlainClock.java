package gofer.testing;

import gofer.runtime.park.World;
import gofer.testing.agent.GoferClock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The time that plain Java code sees in a world: virtual time if the agent has rewritten the code, otherwise real time.
final class PlainClock {

    private PlainClock() {}

    /// Connects rewritten code to the clocks of worlds. Returns false if no code has been rewritten.
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

    /// Returns the virtual time, or -1 for real time. The thread that runs a world has real time.
    private static long now() {
        return Thread.currentThread().isVirtual() && World.current() instanceof Loop loop ? loop.clock.now() : -1;
    }

    /// Returns the frame of the program, or of the JDK if there is none, that makes `thread` wait for a time of
    /// `System.nanoTime`. Returns null if the thread does not wait for such a time.
    static @Nullable StackTraceElement site(Thread thread) {
        StackTraceElement found = null;
        for (StackTraceElement frame : thread.getStackTrace()) {
            String type = frame.getClassName();
            if (!type.startsWith("java.") && !type.startsWith("jdk.")) {
                return found == null ? null : frame;
            }
            if (frame.getMethodName().equals("sleepNanos")
                    || type.startsWith("java.util.concurrent.") && !type.endsWith(".LockSupport")) {
                found = frame;
            }
        }
        return found;
    }

    /// Returns a message that explains how to avoid `wait`.
    static String explain(String wait) {
        return wait
                + " waits on the real clock, but time here is virtual: start the JVM with"
                + " -javaagent:gofer-testing.jar, so that such waits follow the virtual clock";
    }
}
