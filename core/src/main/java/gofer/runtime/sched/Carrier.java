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

    /// The shared queue is looked at this often even if the processor's own queue never runs dry.
    private static final int SHARED_TURN = 128; // half of that many goroutines

    private static final VarHandle TURNS =
            ConstantBootstraps.fieldVarHandle(
                    MethodHandles.lookup(), "turns", VarHandle.class, Carrier.class, long.class);

    final GoScheduler scheduler;
    private boolean begins; // see begin; used by this thread only, as the next
    private @Nullable Runnable begun;
    private long turns; // grows with every goroutine; odd while one runs. Written by this thread, read by all

    /// What it holds; null at first, if that was taken over, and while it is a spare.
    volatile @Nullable Processor processor; // written under the processor's lock

    private volatile @Nullable OsThread os; // written when it begins; null until then, and if the system does not tell

    /// Whether somebody woke it to search for work.
    volatile boolean called; // written under the lock of the idle carriers

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

    /// A method of its own: when nothing is left to run, no variable here refers to what ran last, which may be garbage.
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

    /// How many turns of goroutines have begun here.
    long goroutines() {
        return (turns() + 1) / 2;
    }

    /// How much of a core it has used so far, in nanoseconds; -1 if the JVM does not tell.
    long cpuTime() {
        try {
            ThreadMXBean threads = Threads.BEAN;
            return threads.isThreadCpuTimeSupported() ? threads.getThreadCpuTime(threadId()) : -1;
        } catch (OutOfMemoryError | NoClassDefFoundError full) { // the second for ever, if the first befell the loading
            return -1;
        }
    }

    /// Whether it is blocked: in Java, in the JVM or in the operating system. False also if it is in one of the latter two, and that
    /// cannot be told from waiting for a core.
    boolean isBlocked() {
        return getState() != State.RUNNABLE || os instanceof OsThread known && known.isBlocked();
    }

    /// Whether [#isBlocked] knows.
    boolean tellsIfBlocked() {
        return os != null;
    }

    /// Loaded by the monitor: not while a program waits for its carriers to start.
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

    /// What the JDK wants to run while a goroutine begins on this thread is that goroutine's first turn.
    boolean accept(Runnable task) {
        boolean accepted = begins;
        if (accepted) {
            begins = false;
            begun = task;
        }
        return accepted;
    }

    /// A goroutine gets its thread here and not when it is started: one that has to wait for its turn takes less memory,
    /// and the thread is made by the core that runs it.
    private void begin(Startable goroutine) {
        Throwable refused = makeThread(goroutine);
        Runnable turn = begun;
        begun = null;
        if (refused != null) {
            goroutine.cannotBegin(refused);
        } else if (turn != null) {
            turn.run();
        }
    }

    /// What the JVM throws if it has no memory for one; null if it has.
    private @Nullable Throwable makeThread(Startable goroutine) {
        begins = true;
        try {
            goroutine.thread();
            return null;
        } catch (Throwable refused) {
            return refused;
        } finally {
            begins = false;
        }
    }

    /// The JDK's code for mounting a thread: nothing that a goroutine throws comes out here.
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
