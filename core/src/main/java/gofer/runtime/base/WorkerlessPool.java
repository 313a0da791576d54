package gofer.runtime.base;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// A scheduler of virtual threads that is controlled by its subclass: the JDK passes everything that is ready to run to
/// [#execute], and everything that has to run later to [#schedule].
///
/// It is a pool only because the JDK leaves timed waits to the scheduler of a virtual thread if that is a pool. No
/// worker thread ever starts. JDK 25 calls `execute`. JDK 26 and newer call `submit` with an adapter around the same
/// object.
public abstract class WorkerlessPool extends ForkJoinPool {

    public WorkerlessPool() {
        super(1);
    }

    /// Returns whether the current thread is a virtual thread that such a scheduler runs.
    static boolean runsCurrentThread() {
        Thread current = Thread.currentThread();
        return current.isVirtual()
                && JdkHooks.obstacle() == null
                && JdkHooks.schedulerOf(current) instanceof WorkerlessPool;
    }

    /// Called with the continuation of a virtual thread that is ready. It is the same object each time for the same
    /// thread.
    @Override
    public abstract void execute(Runnable task);

    /// Called with the task that ends a timed wait.
    @Override
    public abstract ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit);

    @Override
    public final void execute(ForkJoinTask<?> task) {
        execute(JdkHooks.adapted(task));
    }

    @Override
    public final <T> ForkJoinTask<T> submit(ForkJoinTask<T> task) {
        execute(task);
        return task;
    }

    @Override
    public final <T> ForkJoinTask<T> externalSubmit(ForkJoinTask<T> task) {
        return submit(task);
    }

    @Override
    public final <T> ForkJoinTask<T> lazySubmit(ForkJoinTask<T> task) {
        return submit(task);
    }
}
