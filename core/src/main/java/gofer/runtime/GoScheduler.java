package gofer.runtime;

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
import jdk.internal.vm.Continuation;

/// Runs goroutines on carrier threads, so that they stay near those they talk to.
final class GoScheduler extends ShortLock implements Executor {

    /*
     * Goroutines are virtual threads; the JDK calls `execute` with what is to be run whenever one becomes ready. Three parts
     * as in Go: goroutines; carriers, which are threads of the operating system; processors, of which there are
     * gomaxprocs. A carrier needs a processor to run goroutines. It is a thing of its own because a goroutine that
     * computes without end, or is pinned to its carrier while it waits, keeps the carrier: nobody can interrupt it. Then
     * the monitor gives the processor, with its queue, to a spare carrier, and the first one becomes a spare when its
     * goroutine comes back at last.
     *
     * A goroutine that was made ready
     *   - by one that runs on a carrier: goes into the slot of that carrier's processor, and runs next there;
     *   - by itself, because it yielded: goes to the tail of the queue there;
     *   - by anybody else (timers, other threads, who lost the processor): goes into the shared queue.
     * See Processor for the first, IdleCarriers for who is woken when, Monitor for what happens without being asked.
     */

    /// So many goroutines at most may keep a carrier without a processor.
    private static final int SPARES = 256;

    /// How long a spare carrier waits for something to do before it ends.
    private static final long RETIREMENT = TimeUnit.SECONDS.toNanos(10);

    final SharedQueue shared = new SharedQueue();
    final IdleCarriers idle = new IdleCarriers(this);
    final Monitor monitor;
    volatile Processor[] processors = {}; // written under `resizing`

    private final ThreadGroup group;
    private final ReentrantLock resizing = new ReentrantLock();
    private final ArrayDeque<Carrier> spares = new ArrayDeque<>(); // guarded by the lock, as the next four
    private final Set<Carrier> carriers = new HashSet<>();
    private long turns; // of those that have retired
    private int born;
    private volatile long takeOvers; // written by the monitor

    GoScheduler(int procs) {
        group = Scheduling.systemGroup();
        monitor = new Monitor(this, group);
        resize(procs);
        monitor.start();
    }

    /// Lets `goroutine` begin.
    void start(G goroutine) {
        if (JdkHooks.hasHeritage()) {
            goroutine.startHeir();
        } else if (Thread.currentThread().isVirtual()) {
            Continuation.pin(); // as the JDK does: execute must not change carriers
            try {
                execute(goroutine);
            } finally {
                Continuation.unpin();
            }
        } else {
            execute(goroutine);
        }
    }

    /// Runs `task`, a goroutine that begins or what the JDK calls to go on with one.
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

    private void startThread(Runnable task) {
        Thread thread = new Thread(group, task, "gofer resizing", 0, false);
        thread.setDaemon(true);
        thread.start();
    }

    private void resize(int procs) {
        resizing.lock();
        try {
            Processor[] before = processors;
            Processor[] after = Arrays.copyOf(before, procs);
            for (int i = before.length; i < procs; i++) {
                after[i] = new Processor();
            }
            processors = after;
            for (int i = before.length; i < procs; i++) {
                Carrier carrier = spareOrNew();
                after[i].assign(carrier);
                go(carrier);
            }
            for (int i = procs; i < before.length; i++) {
                LockSupport.unpark(before[i].assign(null));
                shared.addAll(before[i].drain());
            }
        } finally {
            resizing.unlock();
        }
        idle.wake();
    }

    /// Gives `p` to another carrier, if there may be one more and the owner is still where it was `then`.
    void takeOver(Processor p, Processor.Snapshot then) {
        if (!hasSpare()) {
            return;
        }
        Carrier heir = spareOrNew();
        if (p.takeOver(then, heir)) {
            takeOvers = takeOvers + 1;
            go(heir);
        } else {
            giveBack(heir);
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

    Load load() {
        Processor[] all = processors;
        int queued = shared.size();
        for (Processor p : all) {
            queued += p.waiting();
        }
        acquire();
        try {
            long turns = this.turns + carriers.stream().mapToLong(Carrier::goroutines).sum();
            return new Load(
                    all.length, carriers.size(), spares.size(), idle.parked(), queued, turns, idle.steals(), takeOvers);
        } finally {
            release();
        }
    }

    /// Waits until `carrier` holds a processor again; false if it is to end. If it was searching when it lost its processor,
    /// nobody else was woken for what came into the shared queue meanwhile.
    boolean spare(Carrier carrier) {
        giveBack(carrier);
        if (!shared.isEmpty()) {
            idle.wake();
        }
        while (carrier.processor == null) {
            long start = System.nanoTime();
            LockSupport.parkNanos(this, RETIREMENT);
            if (carrier.processor == null && System.nanoTime() - start >= RETIREMENT && retire(carrier)) {
                return false;
            }
        }
        return true;
    }

    private static void go(Carrier carrier) {
        if (carrier.getState() == Thread.State.NEW) {
            carrier.start();
        } else {
            LockSupport.unpark(carrier);
        }
    }

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
        acquire();
        carriers.add(carrier);
        release();
        return carrier;
    }

    private boolean hasSpare() {
        acquire();
        try {
            return !spares.isEmpty() || carriers.size() < processors.length + SPARES;
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
