package gofer.runtime.sched;

import gofer.runtime.base.GoroutineContainer;
import gofer.runtime.base.JdkHooks;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Where goroutines run: on our scheduler if the JVM lets us have one, else on the JDK's.
public final class Scheduling {

    /// What sets the parallelism of the JDK's scheduler sets ours.
    private static final String PROCS = "jdk.virtualThreadScheduler.parallelism";

    /// The most that [#setProcs] takes.
    public static final int MAX_PROCS = 1024;

    private static final @Nullable GoScheduler OURS =
            JdkHooks.obstacle() == null ? new GoScheduler(initialProcs()) : null;

    private Scheduling() {}

    /// Whether it is ours.
    public static boolean isOurs() {
        return OURS != null;
    }

    /// Why it is the JDK's; null if it is ours.
    public static @Nullable Throwable obstacle() {
        return JdkHooks.obstacle();
    }

    /// How many goroutines our scheduler runs at the same time.
    public static int procs() {
        return ours().procs();
    }

    /// Lets our scheduler run `procs` goroutines at the same time, from 1 to [#MAX_PROCS].
    public static void setProcs(int procs) {
        ours().setProcs(procs);
    }

    /// A virtual thread, not started, that inherits thread locals and the like from the current one if `inherits`.
    ///
    /// @param other a scheduler to use instead of the one for all
    public static Thread newThread(@Nullable Executor other, String name, Runnable body, boolean inherits) {
        Executor scheduler = other != null ? other : OURS;
        return scheduler == null
                ? Thread.ofVirtual().name(name).inheritInheritableThreadLocals(inherits).unstarted(body)
                : JdkHooks.newVirtualThread(scheduler, name, body, inherits);
    }

    /// Whether no goroutine runs, or is about to, as far as our scheduler knows.
    public static boolean isIdle() {
        return ours().isIdle();
    }

    /// The group of the JVM's own threads, and of ours.
    public static ThreadGroup systemGroup() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }

    /// Starts a thread of [#newThread].
    public static void startThread(Thread thread) {
        if (OURS == null) {
            thread.start();
        } else {
            JdkHooks.start(thread, GoroutineContainer.INSTANCE);
        }
    }

    /// Lets `goroutine` begin, on our scheduler.
    public static void submit(Startable goroutine) {
        ours().submit(goroutine);
    }

    /// Makes `thread` ready, or lets its next park be none.
    public static void unpark(Thread thread) {
        if (OURS == null) {
            if (!StarvationGuard.putsOff(thread)) {
                LockSupport.unpark(thread);
            }
        } else if (thread.isVirtual()
                && JdkHooks.schedulerOf(thread) == OURS
                && JdkHooks.unpark(thread) instanceof Runnable turn) {
            OURS.resume(turn);
        } else {
            LockSupport.unpark(thread);
        }
    }

    /// The numbers of our scheduler.
    public static SchedulerStats stats() {
        return ours().stats();
    }

    private static GoScheduler ours() {
        if (OURS == null) {
            throw new IllegalStateException("goroutines run on the JDK's scheduler");
        }
        return OURS;
    }

    private static int initialProcs() {
        Integer told = Integer.getInteger(PROCS);
        return told != null && told > 0 ? Math.min(told, MAX_PROCS) : Runtime.getRuntime().availableProcessors();
    }
}
