package gofer.runtime.watch;

import gofer.goroutine.WaitReason;
import gofer.runtime.park.HolderId;
import gofer.runtime.park.WaitEdge;
import java.util.List;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A wait for something other than a Gofer object: for input, a Java monitor, a java.util.concurrent lock.
///
/// @param state the state, as dumps show it
/// @param waits the objects waited for; empty if none is known
record ExternalWait(String state, List<WaitEdge> waits) {

    /// The purpose of a wait at a `synchronized`.
    static final String TO_ENTER = "to enter";

    private static final String TO_BE_NOTIFIED = "to be notified on";

    /// The maximum number of JDK frames between the method that the program calls and the place where the thread parks.
    private static final int DEPTH_OF_JDK = 20;

    /// Returns the wait of `thread`, which waits and has this stack.
    static ExternalWait of(Thread thread, List<StackTraceElement> stack) {
        if (thread.getState() == Thread.State.BLOCKED) {
            ThreadSnapshots.Monitors monitors = ThreadSnapshots.of(thread);
            return new ExternalWait(
                    "synchronized", forMonitor(TO_ENTER, monitors == null ? null : monitors.entering()));
        }
        for (StackTraceElement frame : stack.subList(0, Math.min(stack.size(), DEPTH_OF_JDK))) {
            if (frame.getClassName().startsWith("sun.nio.ch.")) {
                return new ExternalWait("IO wait", forBlocker(thread));
            }
            if (is(frame, "java.lang.Thread", "sleep")) {
                return new ExternalWait(WaitReason.SLEEP.toString(), forBlocker(thread));
            }
            if (is(frame, "java.lang.Object", "wait")) {
                ThreadSnapshots.Monitors monitors = ThreadSnapshots.of(thread);
                return new ExternalWait(
                        "Object.wait", forMonitor(TO_BE_NOTIFIED, monitors == null ? null : monitors.waitingOn()));
            }
        }
        return new ExternalWait(WaitReason.OTHER.toString(), forBlocker(thread));
    }

    /// Returns whether `thread` waits for a Java monitor or a java.util.concurrent lock, or for a condition of one.
    static boolean isForLock(Thread thread) {
        return switch (thread.getState()) {
            case BLOCKED -> true;
            case WAITING -> isLock(LockSupport.getBlocker(thread)) || isObjectWait(thread.getStackTrace());
            default -> false;
        };
    }

    private static boolean isLock(@Nullable Object blocker) {
        return blocker instanceof AbstractOwnableSynchronizer || blocker instanceof Condition;
    }

    private static boolean isObjectWait(StackTraceElement[] stack) {
        return stack.length > 0 && stack[0].getClassName().equals("java.lang.Object");
    }

    private static boolean is(StackTraceElement frame, String type, String method) {
        return frame.getClassName().equals(type) && frame.getMethodName().equals(method);
    }

    private static List<WaitEdge> forMonitor(String purpose, @Nullable Object monitor) {
        return List.of(new WaitEdge(purpose, new JavaMonitor(monitor, false), List.of()));
    }

    private static List<WaitEdge> forBlocker(Thread thread) {
        Object blocker = LockSupport.getBlocker(thread);
        return blocker == null ? List.of() : List.of(new WaitEdge("for", new ExternalBlocker(blocker), owner(blocker)));
    }

    private static List<Long> owner(Object blocker) {
        Thread owner = blocker instanceof AbstractOwnableSynchronizer lock ? ThreadSnapshots.ownerOf(lock) : null;
        return owner == null ? List.of() : List.of(HolderId.of(owner));
    }
}
