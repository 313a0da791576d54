package gofer.runtime.watch;

import gofer.runtime.park.WaitTarget;
import java.util.Map;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import org.jspecify.annotations.Nullable;

/// Something that is not ours, for which a goroutine waits: a lock of the JDK's, for example.
record ExternalBlocker(Object blocker) implements WaitTarget {

    /// Whether `thread`, a virtual one that is not known to be ready, waits for something outside of the program: I/O, a
    /// monitor; or has just been given it.
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
