package gofer.runtime.sched;

import gofer.runtime.base.JdkHooks;
import gofer.runtime.base.ShortLock;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import jdk.internal.vm.Continuation;

/// Runs goroutines on carrier threads, so that they stay near those they talk to.
final class GoScheduler extends ShortLock implements Executor {

    /*
     * Goroutines are virtual threads; the JDK, or who wakes one, calls `execute` with what is to be run whenever one
     * becomes ready. Three parts as in Go: goroutines; carriers, which are threads of the operating system; processors,
     * of which there are gomaxprocs. A carrier needs a processor to run goroutines. It is a thing of its own because a
     * goroutine that computes without end, or is pinned to its carrier while it waits, keeps the carrier: nobody can
     * interrupt it. Then the monitor gives the processor, with its queue, to a spare carrier, and the first one becomes a
     * spare when its goroutine comes back at last.
     *
     * A goroutine that was made ready
     *   - by one that runs on a carrier: goes into the slot of that carrier's processor, and runs next there;
     *   - by itself, because it yielded: goes to the tail of the queue there;
     *   - by anybody else (timers, other threads, who lost the processor): goes into the shared queue.
     * See Processor for the first, IdleCarriers for who is woken when, Monitor for what happens without being asked.
     */

    /// How long a spare carrier waits for something to do before it ends.
    private static final long RETIREMENT = TimeUnit.SECONDS.toNanos(10);

    /// How long no new carrier is tried after the JVM had no thread to give, of which it writes a warning each time.
    private static final long REFUSAL = TimeUnit.SECONDS.toNanos(1);

    /// How long a goroutine that wakes another waits for memory before it tries again.
    private static final long SHORTAGE = TimeUnit.MILLISECONDS.toNanos(100);

    final SharedQueue shared = new SharedQueue();
    final IdleCarriers idle = new IdleCarriers(this);
    final Sysmon monitor;
    volatile Processor[] processors = {}; // written under `resizing`

    private final ThreadGroup group;
    private final Consumer<Thread> starter;
    private final Consumer<String> warnings;
    private final ReentrantLock resizing = new ReentrantLock();
    private final ArrayDeque<Carrier> spares = new ArrayDeque<>(); // guarded by the lock, as the next four
    private final Set<Carrier> carriers = new HashSet<>();
    private long turns; // of those that have retired
    private int born;
    private volatile long takeOvers; // written by the monitor
    private long refusedAt = System.nanoTime() - REFUSAL; // used by the monitor only, as the next
    private boolean warned;

    GoScheduler(int procs) {
        this(procs, Thread::start, System.err::print);
    }

    /// One whose carriers are started by `starter`. The first time that it wants one more and cannot have it, it says so to
    /// `warnings`.
    GoScheduler(int procs, Consumer<Thread> starter, Consumer<String> warnings) {
        group = Scheduling.systemGroup();
        this.starter = starter;
        this.warnings = warnings;
        monitor = new Sysmon(this, group);
        resize(procs);
        monitor.start();
    }

    /// Lets `goroutine` begin.
    void submit(Startable goroutine) {
        if (JdkHooks.hasHeritage()) {
            goroutine.startInheriting();
        } else {
            boolean pinned = pin();
            try {
                execute(goroutine);
            } finally {
                unpin(pinned);
            }
        }
    }

    /// Runs `turn`, the next of a goroutine that has been unparked. If there is no memory, waits for it, as the JDK does: else
    /// nobody would run that goroutine any more.
    void resume(Runnable turn) {
        boolean pinned = pin();
        try {
            while (!accepts(turn)) {
                LockSupport.parkNanos(this, SHORTAGE); // with its carrier, for which no memory is needed
            }
        } finally {
            unpin(pinned);
        }
    }

    private boolean accepts(Runnable turn) {
        try {
            execute(turn);
            return true;
        } catch (OutOfMemoryError full) {
            return false;
        }
    }

    /// Keeps the current thread, if it is a virtual one, on its carrier, which must not change during [#execute]; as the JDK
    /// does.
    private static boolean pin() {
        boolean virtual = Thread.currentThread().isVirtual();
        if (virtual) {
            Continuation.pin();
        }
        return virtual;
    }

    private static void unpin(boolean pinned) {
        if (pinned) {
            Continuation.unpin();
        }
    }

    /// Runs `task`, a goroutine that begins or what goes on with one.
    @Override
    public void execute(Runnable task) {
        Thread current = Thread.currentThread();
        Thread thread = current.isVirtual() ? JdkHooks.currentCarrier() : current;
        Processor p;
        if (thread instanceof Carrier carrier && carrier.scheduler == this && (p = carrier.processor) != null) {
            if (thread == current && carrier.accept(task)) {
                return;
            }
            boolean taken = thread == current ? p.runLast(carrier, List.of(task)) : p.runNext(carrier, task);
            if (taken) {
                if (p.waiting() > 1) {
                    idle.help();
                }
                return;
            }
        }
        shared.add(task);
        idle.wake();
    }

    int procs() {
        return processors.length;
    }

    /// Changes the number of processors, at least 1. A goroutine that calls it goes on when it has one of those left.
    ///
    /// It does not do it itself: if it yielded to the holder of a lock on the way, it would queue here, perhaps while it is
    /// the one who wakes the carriers.
    void setProcs(int procs) {
        if (Thread.currentThread().isVirtual()) {
            CompletableFuture.runAsync(() -> resize(procs), this::startThread).join();
        } else {
            resize(procs);
        }
    }

    /// Not named like our other threads, of which the search for deadlocks knows that they wake nobody.
    private void startThread(Runnable task) {
        Thread thread = new Thread(group, task, "gomaxprocs", 0, false);
        thread.setDaemon(true);
        thread.start();
    }

    private void resize(int procs) {
        resizing.lock();
        try {
            while (processors.length < procs) {
                addProcessor();
            }
            Processor[] before = processors;
            processors = Arrays.copyOf(before, procs);
            for (int i = procs; i < before.length; i++) {
                LockSupport.unpark(before[i].assign(null));
                shared.addAll(before[i].drain());
            }
        } finally {
            resizing.unlock();
        }
        idle.wake();
    }

    private void addProcessor() {
        Processor added = new Processor();
        Processor[] all = Arrays.copyOf(processors, processors.length + 1);
        all[processors.length] = added;
        Carrier carrier = spareOrNew(); // throws if there is no thread to be had: then nothing has changed
        processors = all;
        added.assign(carrier);
        LockSupport.unpark(carrier);
    }

    /// Gives `p` to another carrier, if one can be had and the owner is still where it was `then`.
    void takeOver(Processor p, Processor.Snapshot then) {
        if (!hasSpare()) {
            return;
        }
        Carrier successor;
        try {
            successor = spareOrNew();
        } catch (OutOfMemoryError noThread) {
            refusedAt = System.nanoTime();
            if (!warned) {
                warnings.accept(CarrierShortage.report(carriers(), noThread));
                warned = true; // not before: there may have been no memory for the report
            }
            return;
        }
        if (p.takeOver(then, successor)) {
            takeOvers = takeOvers + 1;
            LockSupport.unpark(successor);
        } else {
            giveBack(successor);
        }
    }

    /// Whether no carrier has anything to do.
    boolean isIdle() {
        return idle.parked() == processors.length && shared.isEmpty();
    }

    /// How often a goroutine has lost its processor.
    long takeOvers() {
        return takeOvers;
    }

    SchedulerStats stats() {
        Processor[] all = processors;
        int queued = shared.size();
        for (Processor p : all) {
            queued += p.waiting();
        }
        acquire();
        try {
            long turns = this.turns + carriers.stream().mapToLong(Carrier::goroutines).sum();
            return new SchedulerStats(
                    all.length, carriers.size(), spares.size(), idle.parked(), queued, turns, idle.steals(), takeOvers);
        } finally {
            release();
        }
    }

    /// Makes `carrier`, which has lost its processor, a spare. If it was searching then, nobody else was woken for what came
    /// into the shared queue meanwhile.
    void spare(Carrier carrier) {
        giveBack(carrier);
        if (!shared.isEmpty()) {
            idle.wake();
        }
    }

    /// Waits until `carrier`, which is new or a spare, holds a processor; false if it is to end.
    boolean awaitProcessor(Carrier carrier) {
        while (carrier.processor == null) {
            long start = System.nanoTime();
            LockSupport.parkNanos(this, RETIREMENT);
            if (carrier.processor == null && System.nanoTime() - start >= RETIREMENT && retire(carrier)) {
                return false;
            }
        }
        return true;
    }

    /// One that runs, and will wait until it holds a processor or is a spare. A thread that cannot be started, for which
    /// this throws [OutOfMemoryError], must not own any.
    private Carrier spareOrNew() {
        int number;
        acquire();
        try {
            Carrier spare = spares.poll();
            if (spare != null) {
                return spare;
            }
            number = ++born;
        } finally {
            release();
        }
        Carrier carrier = new Carrier(this, group, number);
        add(carrier);
        try {
            starter.accept(carrier);
        } catch (Throwable noThread) {
            remove(carrier);
            throw noThread;
        }
        return carrier;
    }

    private void add(Carrier carrier) {
        acquire();
        try {
            carriers.add(carrier);
        } finally {
            release();
        }
    }

    private void remove(Carrier carrier) {
        acquire();
        try {
            carriers.remove(carrier);
        } finally {
            release();
        }
    }

    private int carriers() {
        acquire();
        try {
            return carriers.size();
        } finally {
            release();
        }
    }

    private boolean hasSpare() {
        acquire();
        try {
            return !spares.isEmpty() || System.nanoTime() - refusedAt >= REFUSAL;
        } finally {
            release();
        }
    }

    private void giveBack(Carrier carrier) {
        acquire();
        try {
            spares.push(carrier);
        } finally {
            release();
        }
    }

    /// False if it is about to get a processor.
    private boolean retire(Carrier carrier) {
        acquire();
        try {
            boolean retired = spares.remove(carrier);
            if (retired) {
                carriers.remove(carrier);
                turns += carrier.goroutines();
            }
            return retired;
        } finally {
            release();
        }
    }
}
