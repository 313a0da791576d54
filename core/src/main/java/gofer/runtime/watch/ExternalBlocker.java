package gofer.runtime.watch;

import gofer.runtime.park.WaitTarget;
import java.util.Map;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import org.jspecify.annotations.Nullable;

/// An object for which a goroutine waits and that does not belong to Gofer: a JDK lock, for example.
record ExternalBlocker(Object blocker) implements WaitTarget {

    /// Returns whether `thread` waits for an event from outside of the program, such as I/O or the release of a
    /// monitor, or has just received one. `thread` is a virtual thread that is not known to be ready.
    static boolean isOutside(Thread thread) {
        Thread.State state = thread.getState();
        if (state == Thread.State.BLOCKED || state == Thread.State.RUNNABLE) {
            return true;
        }
        for (StackTraceElement frame : thread.getStackTrace()) {
            String name = frame.getClassName();
            if (name.startsWith("sun.nio.") || name.startsWith("java.net.") || name.startsWith("java.io.")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String kind() {
        return blocker.getClass().getName();
    }

    @Override
    public String label() {
        return Integer.toHexString(System.identityHashCode(blocker));
    }

    @Override
    public @Nullable StackTraceElement site() {
        return null;
    }

    @Override
    public Map<String, Object> facts() {
        return isOwned() && !ThreadSnapshots.arePossible() ? Map.of("owner not known", true) : Map.of();
    }

    private boolean isOwned() {
        return blocker instanceof AbstractOwnableSynchronizer
                && kind().startsWith("java.util.concurrent.locks.Reentrant");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ExternalBlocker external && external.blocker == blocker;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(blocker);
    }
}
