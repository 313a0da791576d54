package gofer.runtime.sched;

import gofer.runtime.base.GoroutineContainer;
import gofer.runtime.base.JdkHooks;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The scheduler of goroutines: Gofer's if the JVM allows that, otherwise the JDK's.
public final class Scheduling {

    /// The system property that sets the initial parallelism, the same one as for the JDK's scheduler.
    private static final String PROCS = "jdk.virtualThreadScheduler.parallelism";

    /// The maximum for [#setProcs].
    public static final int MAX_PROCS = 1024;

    private static final @Nullable GoScheduler OURS =
            JdkHooks.obstacle() == null ? new GoScheduler(initialProcs()) : null;

    private Scheduling() {}

    /// Returns whether goroutines run on Gofer's scheduler.
    public static boolean isOurs() {
        return OURS != null;
    }

    /// Returns the reason why goroutines run on the JDK's scheduler; null if they run on Gofer's.
    public static @Nullable Throwable obstacle() {
        return JdkHooks.obstacle();
    }

    /// Returns how many goroutines Gofer's scheduler runs at the same time.
    public static int procs() {
        return ours().procs();
    }

    /// Sets how many goroutines Gofer's scheduler runs at the same time, from 1 to [#MAX_PROCS].
    public static void setProcs(int procs) {
        ours().setProcs(procs);
    }

    /// Returns a new virtual thread, not started. If `inherits`, it inherits inheritable thread-locals and the context
    /// class loader from the current thread.
    ///
    /// @param other a scheduler to use instead of the default one
    public static Thread newThread(@Nullable Executor other, String name, Runnable body, boolean inherits) {
        Executor scheduler = other != null ? other : OURS;
        return scheduler == null
                ? Thread.ofVirtual().name(name).inheritInheritableThreadLocals(inherits).unstarted(body)
                : JdkHooks.newVirtualThread(scheduler, name, body, inherits);
    }

    /// Returns whether no goroutine is running or about to run on Gofer's scheduler.
    public static boolean isIdle() {
        return ours().isIdle();
    }

    /// Returns the thread group of the JVM's own threads, which Gofer's threads are in as well.
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

    /// Makes `goroutine` ready for its first turn, on Gofer's scheduler.
    public static void submit(Startable goroutine) {
        ours().submit(goroutine);
    }

    /// Returns whether goroutines that are woken must wait for the end of a pause. See [StarvationGuard].
    public static boolean handOffsPause() {
        return OURS == null && StarvationGuard.isPaused();
    }

    /// Unparks `thread`, as [LockSupport#unpark] does.
    public static void unpark(Thread thread) {
        if (OURS == null) {
            if (!StarvationGuard.delays(thread)) {
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

    /// Returns the number, from 0, of the processor that runs the current goroutine: on the JDK's scheduler, that of the
    /// thread that carries it. Returns -1 if there is none, because the goroutine has lost its processor or the thread is
    /// not a goroutine.
    public static int processor() {
        Thread current = Thread.currentThread();
        if (!current.isVirtual()) {
            return -1;
        }
        if (OURS == null) {
            return JdkCarriers.numberOf(current);
        }
        return JdkHooks.currentCarrier() instanceof Carrier carrier && carrier.processor instanceof Processor p
                ? p.number
                : -1;
    }

    /// Returns the statistics of Gofer's scheduler.
    public static SchedulerStats stats() {
        return ours().stats();
    }

    private static GoScheduler ours() {
        if (OURS == null) {
            throw new IllegalStateException("goroutines run on the JDK's scheduler");
        }
        return OURS;
    }

    /// Returns how many goroutines run at the same time when the program starts.
    public static int initialProcs() {
        Integer configured = Integer.getInteger(PROCS);
        return configured != null && configured > 0
                ? Math.min(configured, MAX_PROCS)
                : Runtime.getRuntime().availableProcessors();
    }
}
