package gofer.interop;

import gofer.chan.Chan;
import gofer.context.Context;
import gofer.context.DeadlineExceededException;
import gofer.goroutine.Body;
import gofer.goroutine.InterruptException;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.goroutine.CapturedBody;
import gofer.runtime.goroutine.Carriers;
import gofer.runtime.park.World;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// An executor that runs each task in a goroutine of its own, and at most `limit` tasks at the same time. It is for
/// libraries that want an [java.util.concurrent.ExecutorService]; a program of your own rather uses
/// [gofer.group.ErrGroup].
///
/// {@snippet file="snippets/Executor.java" region="executor"}
///
/// Tasks start in the order in which they were submitted. A task that exceeds the limit waits in a queue, and
/// [#execute] returns at once. The queue has no bound: it holds each task until the task starts or [#shutdownNow]
/// returns it, also if its future has been cancelled. A running task that waits for another task of the same executor
/// occupies its place. If all running tasks wait for tasks in the queue, none of them continues.
///
/// As with other executors, the future of a submitted task keeps what the task throws. What leaves a task of [#execute]
/// goes to the uncaught exception handler of its goroutine, and under `Go.main` ends the program.
///
/// **Memory:** submitting a task happens before the task, and the task happens before the return of `Future.get`,
/// [#awaitTermination] and [#close].
///
/// **Go:** `errgroup` with a limit is the nearest.
@CheckReturnValue
public final class GoExecutor extends AbstractExecutorService {

    /// How far the executor has been shut down. The order matters.
    private enum Phase {
        OPEN,
        SHUT_DOWN,
        STOPPED // and running tasks are interrupted
    }

    /// A task, and the body that runs it within what the carriers captured when it was submitted.
    ///
    /// @param function the function that the program has submitted
    private record Job(Runnable task, Object function, Body body) {

        static Job of(Runnable task) {
            Object function = task instanceof Submission<?> submission ? submission.function : task;
            return new Job(task, function, hasCaptured(task) ? task::run : Carriers.capture(task::run));
        }

        /// Returns whether the task is a [Submission], or one that `invokeAny` watches.
        private static boolean hasCaptured(Runnable task) {
            return task instanceof Submission || task.getClass().getEnclosingClass() == ExecutorCompletionService.class;
        }
    }

    /// The future of a submitted task. It captures before it is executed: so it keeps also the failure of a carrier.
    private static final class Submission<T extends @Nullable Object> extends FutureTask<T> {

        final Object function;

        Submission(Callable<T> work, Object function) {
            super(Carriers.captureCall(work));
            this.function = function;
        }
    }

    private final @Nullable World home = World.current(); // if not null, the executor may be used only there
    private final int limit;
    private final Chan<Void> closing = Chan.make(); // closed at the end of the phase OPEN
    private final WaitGroup goroutines = new WaitGroup(); // from zero to one only in the phase OPEN
    private final ReentrantLock lock = new ReentrantLock(); // held briefly; locking does not respond to interrupts
    private final Queue<Job> queue = new ArrayDeque<>(); // guarded by lock; empty unless active == limit
    private final Set<Thread> running = new HashSet<>(); // guarded by lock; the threads inside a task
    private int active; // guarded by lock; the tasks that were started and have not ended
    private Phase phase = Phase.OPEN; // guarded by lock

    /// Creates an executor that runs at most `limit` tasks at the same time. Throws [IllegalArgumentException] if
    /// `limit` is less than 1.
    public GoExecutor(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("executor: limit " + limit + " is less than 1");
        }
        this.limit = limit;
    }

    /// Starts `task` in a goroutine, or adds it to the queue if the limit is reached. Never waits. Throws
    /// [RejectedExecutionException] after [#shutdown].
    @Override
    public void execute(Runnable task) {
        Objects.requireNonNull(task, "task");
        Job job = Job.of(task);
        enter(SyncPoint.ADD);
        try {
            if (phase != Phase.OPEN) {
                throw new RejectedExecutionException(task + " is rejected: the executor is shut down");
            }
            if (active < limit) {
                start(job);
            } else {
                queue.add(job);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Refuses new tasks from now on. Tasks that were submitted run, those in the queue too. Does not wait for them.
    @Override
    public void shutdown() {
        enter(SyncPoint.CLOSE);
        try {
            advance(Phase.SHUT_DOWN);
        } finally {
            lock.unlock();
        }
    }

    /// Refuses new tasks, interrupts the tasks that run, and returns those that have not started, in the order in which
    /// they were submitted. They will not run: a goroutine that waits for such a future waits until it is cancelled.
    /// Does not wait.
    @Override
    public List<Runnable> shutdownNow() {
        enter(SyncPoint.CLOSE);
        try {
            advance(Phase.STOPPED);
            running.forEach(Thread::interrupt);
            List<Runnable> notStarted = new ArrayList<>(queue.size());
            queue.forEach(job -> notStarted.add(job.task()));
            queue.clear();
            return notStarted;
        } finally {
            lock.unlock();
        }
    }

    /// Returns whether the executor has been shut down.
    @Override
    public boolean isShutdown() {
        enter(SyncPoint.LOOK);
        try {
            return phase != Phase.OPEN;
        } finally {
            lock.unlock();
        }
    }

    /// Returns whether the executor has been shut down and all tasks have ended.
    @Override
    public boolean isTerminated() {
        enter(SyncPoint.LOOK);
        try {
            return phase != Phase.OPEN && active == 0;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the executor has been shut down and all tasks have ended, for at most `timeout`. Returns whether
    /// that is so. Throws [InterruptedException] if interrupted while waiting.
    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        Duration most = Duration.ofNanos(Objects.requireNonNull(unit, "unit").toNanos(timeout));
        if (isTerminated()) {
            return true;
        }
        try (var ctx = Context.background().withTimeout(most)) {
            var _ = closing.recvOk(ctx);
            goroutines.await(ctx);
            return true;
        } catch (DeadlineExceededException _) {
            return isTerminated();
        } catch (InterruptException interrupted) {
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException().initCause(interrupted);
        }
    }

    /// Shuts the executor down and waits until all tasks have ended. If the thread is interrupted meanwhile, calls
    /// [#shutdownNow] and continues to wait. The interrupt status is then set when this method returns.
    @Override
    public void close() {
        shutdown();
        boolean interrupted = false;
        for (boolean ended = false; !ended; ) {
            try {
                goroutines.await();
                ended = true;
            } catch (InterruptException _) {
                interrupted = Thread.interrupted();
                var _ = shutdownNow();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Returns the state: `executor (2/8 running, 5 queued)`.
    @Override
    public String toString() {
        lock.lock();
        try {
            String state = phase == Phase.OPEN ? "" : active > 0 ? ", shut down" : ", terminated";
            return "executor (" + active + "/" + limit + " running, " + queue.size() + " queued" + state + ")";
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected <T extends @Nullable Object> RunnableFuture<T> newTaskFor(Callable<T> work) {
        return new Submission<>(work, work);
    }

    @Override
    protected <T extends @Nullable Object> RunnableFuture<T> newTaskFor(Runnable work, T result) {
        return new Submission<>(Executors.callable(work, result), work);
    }

    /// Checks the world and takes the lock.
    private void enter(SyncPoint operation) {
        World.checkUse(home, "executor");
        World.point(operation, this);
        lock.lock();
    }

    /// Called with the lock.
    private void advance(Phase next) {
        if (phase == Phase.OPEN) {
            closing.close();
        }
        if (phase.compareTo(next) < 0) {
            phase = next;
        }
    }

    /// Starts a goroutine for `job`. Called with the lock.
    private void start(Job job) {
        Body body = job.body();
        active++;
        try {
            goroutines.go(CapturedBody.of(job.function(), () -> run(body)));
        } catch (Throwable refused) {
            active--;
            throw refused;
        }
    }

    private void run(Body body) throws Throwable {
        begin();
        try {
            body.run();
        } finally {
            end();
        }
    }

    private void begin() {
        enter(SyncPoint.GET);
        try {
            running.add(Thread.currentThread());
            if (phase == Phase.STOPPED) {
                Thread.currentThread().interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Ends a task. Its goroutine starts the next one before it ends, so that the count of goroutines does not drop to zero
    /// while there are tasks in the queue.
    private void end() {
        enter(SyncPoint.GET);
        try {
            running.remove(Thread.currentThread());
            active--;
            if (queue.peek() instanceof Job next) {
                start(next);
                queue.remove(); // not before: if no goroutine can be started, the task stays in the queue
            }
        } finally {
            lock.unlock();
        }
    }
}
