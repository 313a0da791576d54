package gofer.runtime.sched;

import gofer.runtime.base.OsThread;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/// A thread that runs goroutines while it holds a processor. Go's M.
public final class Carrier extends Thread {

    /// The shared queue is checked this often even if the processor's own queue never runs empty.
    private static final int SHARED_TURN = 128; // in units of `turns`: once every 64 goroutines

    private static final VarHandle TURNS =
            ConstantBootstraps.fieldVarHandle(
                    MethodHandles.lookup(), "turns", VarHandle.class, Carrier.class, long.class);

    final GoScheduler scheduler;
    private boolean starting; // see makeThread; used by this thread only, like the next field
    private @Nullable Runnable firstTurn;
    private long turns; // starts and ends of turns: odd while one runs; written by this thread, read by all

    /// The processor that it holds; null at first, after another carrier has taken it over, and while this is a spare.
    volatile @Nullable Processor processor; // written under the processor's lock

    private volatile @Nullable OsThread os; // written at the start of the thread; null until then, or if not supported

    /// True if it was woken to search for work.
    volatile boolean mustSearch; // written under the lock of the idle carriers

    Carrier(GoScheduler scheduler, ThreadGroup group, int number) {
        super(group, null, "gofer carrier " + number, 0, false);
        this.scheduler = scheduler;
        setDaemon(true);
        setContextClassLoader(ClassLoader.getSystemClassLoader());
    }

    @Override
    public void run() {
        os = OsThread.current();
        while (scheduler.awaitProcessor(this)) {
            for (Processor p = processor; p != null; p = processor) {
                turn(p);
            }
            scheduler.spare(this);
        }
    }

    /// In its own method so that, when nothing is left to run, no local variable refers to what ran last, which may be
    /// garbage.
    private void turn(Processor p) {
        Runnable task = next(p);
        if (task != null) {
            TURNS.setOpaque(this, turns + 1);
            run(task);
            TURNS.setOpaque(this, turns + 1);
        }
    }

    long turns() {
        return (long) TURNS.getOpaque(this);
    }

    /// Returns how many turns of goroutines have begun on this carrier.
    long goroutines() {
        return (turns() + 1) / 2;
    }

    /// Returns the CPU time used so far, in nanoseconds; -1 if the JVM cannot measure it.
    long cpuTime() {
        try {
            ThreadMXBean threads = Threads.BEAN;
            return threads.isThreadCpuTimeSupported() ? threads.getThreadCpuTime(threadId()) : -1;
        } catch (OutOfMemoryError | NoClassDefFoundError full) { // the second if loading the class ran out of memory
            return -1;
        }
    }

    /// Returns whether it is blocked in Java, in the JVM or in the operating system. Returns false if it is blocked in
    /// one of the latter two and this cannot be distinguished from waiting for a core.
    boolean isBlocked() {
        return getState() != State.RUNNABLE || os instanceof OsThread known && known.isBlocked();
    }

    /// Returns whether [#isBlocked] can detect all of these.
    boolean canDetectBlocking() {
        return os != null;
    }

    /// In its own class, loaded by the monitor, so that it is not loaded while a program waits for its carriers to
    /// start.
    private static final class Threads {

        static final ThreadMXBean BEAN = ManagementFactory.getThreadMXBean();
    }

    static boolean isRunning(long turns) {
        return (turns & 1) != 0;
    }

    private @Nullable Runnable next(Processor p) {
        Runnable task = null;
        if (turns % SHARED_TURN == 0) {
            task = scheduler.shared.poll();
        }
        if (task == null) {
            task = p.take(this);
        }
        if (task == null && processor == p) {
            task = scheduler.shared.poll();
            if (task == null) {
                task = scheduler.idle.await(this, p);
            }
        }
        return task;
    }

    /// Accepts the task that the JDK submits while a goroutine begins on this thread: it is the goroutine's first turn.
    boolean acceptFirstTurn(Runnable task) {
        boolean accepted = starting;
        if (accepted) {
            starting = false;
            firstTurn = task;
        }
        return accepted;
    }

    /// Begins a goroutine. It gets its thread here instead of when it is started. So a goroutine that waits for its
    /// first turn takes less memory, and the core that runs the thread also creates it.
    private void begin(Startable goroutine) {
        Throwable refused = makeThread(goroutine);
        Runnable turn = firstTurn;
        firstTurn = null;
        if (refused != null) {
            goroutine.cannotBegin(refused);
        } else if (turn != null) {
            turn.run();
        }
    }

    /// Creates and starts the thread. Returns what the JVM throws if it has no memory for it; otherwise null.
    private @Nullable Throwable makeThread(Startable goroutine) {
        starting = true;
        try {
            goroutine.thread();
            return null;
        } catch (Throwable refused) {
            return refused;
        } finally {
            starting = false;
        }
    }

    /// Runs `task`, usually the JDK's code that mounts a virtual thread. Exceptions of a goroutine do not leave that code.
    private void run(Runnable task) {
        try {
            if (task instanceof Startable goroutine) {
                begin(goroutine);
            } else {
                task.run();
            }
        } catch (Throwable broken) {
            getUncaughtExceptionHandler().uncaughtException(this, broken);
        }
    }
}
