package gofer.runtime.watch;

import gofer.runtime.base.JdkHooks;
import gofer.runtime.base.WorkerlessPool;
import gofer.runtime.sched.Scheduling;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A test, run before the first [World] of the process, that the JDK lets the pool of virtual threads control where
/// they run, when they continue, and when their timed waits end.
///
/// Otherwise the JDK would run the goroutines of a world on its own threads, and every test would pass.
final class WorldSelfTest {

    private static final String RUNNER = "gofer trial";

    private static final long PATIENCE = 10_000; // milliseconds

    private static final long POLL_MILLIS = 10;

    private static final long LONG_WAIT = TimeUnit.HOURS.toNanos(1);

    private final BlockingQueue<Runnable> ready = new LinkedBlockingQueue<>();
    private final Object monitor = new Object();
    private final ForkJoinPool pool;
    private final Thread subject;
    private volatile @Nullable Runnable timeout; // ends the timed wait
    private volatile @Nullable Thread helper; // a virtual thread that holds the monitor
    private volatile int step; // the last step that was reached
    private volatile @Nullable Throwable failure;

    private WorldSelfTest(Function<WorldSelfTest, ForkJoinPool> maker) {
        pool = maker.apply(this);
        subject = JdkHooks.newVirtualThread(pool, "", this::steps, false);
    }

    /// Runs the test. Throws [IllegalStateException] if virtual threads cannot be controlled.
    static void run() {
        run(Pool::new);
    }

    /// Runs the test with another kind of pool.
    static void run(Function<WorldSelfTest, ForkJoinPool> maker) {
        var trial = new WorldSelfTest(maker);
        CompletableFuture.runAsync(trial::control, WorldSelfTest::startRunner).join();
        if (trial.failure instanceof Throwable failure) {
            throw new IllegalStateException(
                    "Bubble and Explore do not support this JDK, "
                            + Runtime.version()
                            + " of "
                            + System.getProperty("java.vendor")
                            + ": virtual threads cannot be controlled ("
                            + failure.getMessage()
                            + ")",
                    failure);
        }
    }

    private static void startRunner(Runnable task) {
        Thread runner = new Thread(Scheduling.systemGroup(), task, RUNNER, 0, false);
        runner.setDaemon(true);
        runner.start();
    }

    /// The body of the tested thread. It pauses after each step.
    @SuppressWarnings("ThreadPriorityCheck") // a yield is one of the pauses
    private void steps() {
        arrive(1);
        LockSupport.park();
        arrive(2);
        LockSupport.parkNanos(LONG_WAIT);
        arrive(3);
        helper = Thread.startVirtualThread(this::hold);
        Thread.yield();
        arrive(5);
        synchronized (monitor) {
            arrive(6);
        }
    }

    /// The body of the thread that the tested thread starts.
    private void hold() {
        synchronized (monitor) {
            arrive(4);
            LockSupport.park();
        }
    }

    private void arrive(int at) {
        Thread carrier = JdkHooks.currentCarrier();
        if (carrier.getName().equals(RUNNER)) {
            step = at;
        } else {
            fail(new IllegalStateException("virtual threads run on the thread \"" + carrier.getName() + '"'));
        }
    }

    /// Controls the two threads, on the thread that runs them.
    private void control() {
        try {
            subject.start();
            Runnable turn = next("start");
            runTo(1, turn);
            LockSupport.unpark(subject);
            runTo(2, same(turn, "unpark"));
            Objects.requireNonNull(timeout, "a timed wait uses another clock").run();
            runTo(3, same(turn, "the end of a timed wait"));
            Thread other = Objects.requireNonNull(helper);
            check(JdkHooks.schedulerOf(other) == pool, "a new thread runs elsewhere");
            Runnable otherTurn = next("start of another");
            check(otherTurn != turn, "two threads have the same task");
            runTo(4, otherTurn);
            runTo(5, same(turn, "yield"));
            LockSupport.unpark(other);
            runTo(5, same(otherTurn, "unpark"));
            runTo(6, same(turn, "leaving a monitor"));
            check(ready.isEmpty(), "a thread that has ended is run again");
            check(pool.getPoolSize() == 0, "the pool has started a thread");
        } catch (Throwable broken) {
            fail(broken);
        }
    }

    private void runTo(int expected, Runnable turn) {
        turn.run();
        if (failure == null) {
            check(step == expected, "at step " + step + " instead of " + expected);
        }
    }

    private Runnable same(Runnable turn, String event) throws InterruptedException {
        Runnable next = next(event);
        check(next == turn, "another task was submitted after " + event);
        return next;
    }

    private Runnable next(String event) throws InterruptedException {
        Runnable turn = null;
        for (long poll = 0; turn == null && failure == null && poll < PATIENCE / POLL_MILLIS; poll++) {
            turn = ready.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
        return Objects.requireNonNull(turn, "virtual threads run elsewhere after " + event);
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    private void fail(Throwable broken) {
        if (failure == null) {
            failure = broken;
        }
    }

    /// A pool that hands tasks to the test, as a world hands them to its runner.
    static class Pool extends WorkerlessPool {

        private final WorldSelfTest trial;

        Pool(WorldSelfTest trial) {
            this.trial = trial;
        }

        @Override
        public void execute(Runnable task) {
            trial.ready.add(task);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            trial.timeout = task;
            return new TimedWait(task, unit.toNanos(delay));
        }
    }

    /// A timed wait that the test ends explicitly.
    private static final class TimedWait extends FutureTask<@Nullable Void> implements ScheduledFuture<@Nullable Void> {

        private final long nanos;

        TimedWait(Runnable task, long nanos) {
            super(task, null);
            this.nanos = nanos;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
