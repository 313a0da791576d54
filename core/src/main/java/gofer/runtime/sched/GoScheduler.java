package gofer.runtime.sched;

import gofer.runtime.base.JdkHooks;
import gofer.runtime.base.RaceMode;
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

/// A scheduler that runs goroutines on carrier threads and keeps goroutines that communicate on the same core.
final class GoScheduler extends ShortLock implements Executor {

    /*
     * Goroutines are virtual threads. Whenever one becomes ready, the JDK, or the code that wakes it, calls `execute`
     * with the task that continues it. There are three parts, as in Go: goroutines; carriers, which are operating
     * system threads; and processors, whose number is gomaxprocs. A carrier needs a processor to run goroutines.
     * Processors are separate objects because a goroutine that computes without end, or is pinned to its carrier while
     * it waits, occupies the carrier and cannot be interrupted. Then the monitor gives the processor, with its queue,
     * to a spare carrier. The first carrier becomes a spare when its goroutine returns to it.
     *
     * A goroutine that becomes ready
     *   - through another that runs on a carrier: goes into the slot of that carrier's processor, and runs next there;
     *     under the race detector, every second one goes to the tail of the queue, for other orders
     *   - because it yielded: goes to the tail of the queue there
     *   - in any other way (timers, other threads, a carrier that has lost its processor): goes into the shared queue
     * See Processor for the slot, IdleCarriers for when carriers are woken, Sysmon for what is checked periodically.
     */

    /// The time for which a spare carrier waits for a processor before it ends.
    private static final long SPARE_TIMEOUT = TimeUnit.SECONDS.toNanos(10);

    /// After the JVM has failed to start a thread, no new carrier is started for this long. The JVM prints a warning for
    /// each failure.
    private static final long START_RETRY = TimeUnit.SECONDS.toNanos(1);

    /// The time for which a goroutine that wakes another waits for memory before it tries again.
    private static final long MEMORY_WAIT = TimeUnit.MILLISECONDS.toNanos(100);

    final SharedQueue shared = new SharedQueue();
    final IdleCarriers idle = new IdleCarriers(this);
    final Sysmon monitor;
    volatile Processor[] processors = {}; // written under `resizing`

    private final ThreadGroup group;
    private final Consumer<Thread> starter;
    private final Consumer<String> warnings;
    private final ReentrantLock resizing = new ReentrantLock();
    private final ArrayDeque<Carrier> spares = new ArrayDeque<>(); // guarded by the lock, like the next three fields
    private final Set<Carrier> carriers = new HashSet<>();
    private long turns; // of carriers that have retired
    private int created;
    private volatile long takeOvers; // written by the monitor
    private long refusedAt = System.nanoTime() - START_RETRY; // used by the monitor only, like the next field
    private boolean warned;

    GoScheduler(int procs) {
        this(procs, Thread::start, System.err::print);
    }

    /// Creates a scheduler whose carriers are started by `starter`. The first time that it cannot start a carrier that it
    /// needs, it passes a report to `warnings`.
    GoScheduler(int procs, Consumer<Thread> starter, Consumer<String> warnings) {
        group = Scheduling.systemGroup();
        this.starter = starter;
        this.warnings = warnings;
        monitor = new Sysmon(this, group);
        resize(procs);
        monitor.start();
    }

    /// Makes `goroutine` ready for its first turn.
    void submit(Startable goroutine) {
        if (JdkHooks.hasInheritableState()) {
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

    /// Makes `turn` ready, the next turn of a goroutine that has been unparked. If there is no memory, waits for it, as
    /// the JDK does. Otherwise the goroutine would never run again.
    void resume(Runnable turn) {
        boolean pinned = pin();
        try {
            while (!tryExecute(turn)) {
                LockSupport.parkNanos(this, MEMORY_WAIT); // blocks the carrier too, which needs no memory
            }
        } finally {
            unpin(pinned);
        }
    }

    private boolean tryExecute(Runnable turn) {
        try {
            execute(turn);
            return true;
        } catch (OutOfMemoryError full) {
            return false;
        }
    }

    /// Pins the current thread, if it is virtual, to its carrier, which must not change during [#execute]. The JDK does
    /// the same.
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

    /// Makes `task` ready: a goroutine that begins, or the continuation of one.
    @Override
    public void execute(Runnable task) {
        Thread current = Thread.currentThread();
        Thread thread = current.isVirtual() ? JdkHooks.currentCarrier() : current;
        Processor p;
        if (thread instanceof Carrier carrier && carrier.scheduler == this && (p = carrier.processor) != null) {
            if (thread == current && carrier.acceptFirstTurn(task)) {
                return;
            }
            boolean last = thread == current || RaceMode.chance(2);
            boolean taken = last ? p.runLast(carrier, List.of(task)) : p.runNext(carrier, task);
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

    /// Sets the number of processors, at least 1. A goroutine that calls this continues once it runs on one of the
    /// remaining processors.
    ///
    /// A virtual thread has a platform thread resize. If it resized itself and yielded to the holder of a lock meanwhile,
    /// it would have to be queued here, although it may be the thread that has to wake the carriers.
    void setProcs(int procs) {
        if (Thread.currentThread().isVirtual()) {
            CompletableFuture.runAsync(() -> resize(procs), this::startThread).join();
        } else {
            resize(procs);
        }
    }

    /// Starts a thread whose name does not have the prefix of Gofer's other threads. The deadlock search assumes that
    /// threads with that prefix wake no goroutine.
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
        Processor added = new Processor(processors.length);
        Processor[] all = Arrays.copyOf(processors, processors.length + 1);
        all[processors.length] = added;
        Carrier carrier = spareOrNew(); // throws if no thread can be started; then nothing has changed
        processors = all;
        added.assign(carrier);
        LockSupport.unpark(carrier);
    }

    /// Gives `p` to another carrier, if one is available and the owner is still in the same turn as at `then`.
    void takeOver(Processor p, Processor.Snapshot then) {
        if (!mayGetCarrier()) {
            return;
        }
        Carrier successor;
        try {
            successor = spareOrNew();
        } catch (OutOfMemoryError noThread) {
            refusedAt = System.nanoTime();
            if (!warned) {
                warnings.accept(CarrierShortage.report(carriers(), noThread));
                warned = true; // set afterwards, because there may be no memory for the report
            }
            return;
        }
        if (p.takeOver(then, successor)) {
            takeOvers = takeOvers + 1;
            LockSupport.unpark(successor);
        } else {
            addSpare(successor);
        }
    }

    /// Returns whether no carrier has anything to run.
    boolean isIdle() {
        return idle.parked() == processors.length && shared.isEmpty();
    }

    /// Returns how many times a goroutine has lost its processor.
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

    /// Makes `carrier`, which has lost its processor, a spare. If it was searching at that time, no other carrier was
    /// woken for tasks that were added to the shared queue meanwhile, so one is woken now.
    void spare(Carrier carrier) {
        addSpare(carrier);
        if (!shared.isEmpty()) {
            idle.wake();
        }
    }

    /// Waits until `carrier`, which is new or a spare, holds a processor. Returns false if it has to end.
    boolean awaitProcessor(Carrier carrier) {
        while (carrier.processor == null) {
            long start = System.nanoTime();
            LockSupport.parkNanos(this, SPARE_TIMEOUT);
            if (carrier.processor == null && System.nanoTime() - start >= SPARE_TIMEOUT && retire(carrier)) {
                return false;
            }
        }
        return true;
    }

    /// Returns a running carrier that will wait until it holds a processor or retires. Throws [OutOfMemoryError] if no
    /// thread can be started: such a carrier must not own a processor.
    private Carrier spareOrNew() {
        int number;
        acquire();
        try {
            Carrier spare = spares.poll();
            if (spare != null) {
                return spare;
            }
            number = ++created;
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

    private boolean mayGetCarrier() {
        acquire();
        try {
            return !spares.isEmpty() || System.nanoTime() - refusedAt >= START_RETRY;
        } finally {
            release();
        }
    }

    private void addSpare(Carrier carrier) {
        acquire();
        try {
            spares.push(carrier);
        } finally {
            release();
        }
    }

    /// Ends a spare. Returns false if it is about to get a processor.
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
