package gofer.runtime.watch;

import gofer.runtime.sched.Scheduling;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A thread that ends a program whose heap stays full: it prints an error and exits with status 2.
public final class MemoryWatch extends Thread {

    /*
     * The JVM throws an OutOfMemoryError in the thread that allocates, and often the error goes unnoticed. A goroutine
     * that begins to wait needs memory for its stack. If there is none, the JDK lets it wait on its carrier, which then
     * runs no other goroutine. So in a heap full of waiting goroutines no goroutine gets an exception, and none runs.
     * A signal does not end the process either, since the JVM needs memory to handle it. Go ends such a program, and so
     * does this thread.
     *
     * The heap counts as full if little of it is free while the collector takes most of the time. It also counts as
     * full if the collector does nothing, because all threads that needed memory have given up, and an allocation by
     * this thread fails. This thread does not try to allocate while the collector works: it could then wait for a very
     * long time, because other threads take all memory that becomes free.
     */

    /// The pause between two checks.
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(200);

    /// If no check finds memory for this long, the program ends. A program that fills its heap for a shorter time
    /// continues.
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    /// The minimum number of checks, because a single collection may take longer than the patience.
    private static final int MIN_CHECKS = 3;

    /// The heap is not full while more than one part in this many is free.
    private static final int FREE_PART = 20;

    /// The heap counts as full if the collectors take a larger part of the time, and little is free.
    private static final double MAX_COLLECTING = 0.9;

    /// The memory that a deep stack of a waiting goroutine may need.
    private static final int PROBE_BYTES = 1 << 16;

    private static final VarHandle PROBE =
            ConstantBootstraps.fieldVarHandle(
                    MethodHandles.lookup(), "probe", VarHandle.class, MemoryWatch.class, byte[].class);

    private long checkedAt; // the time of the last check, by System.nanoTime
    private long collecting; // collection time until the last check, in milliseconds

    @SuppressWarnings("UnusedVariable") // used through the VarHandle; without it the compiler may remove the allocation
    private byte @Nullable [] probe;

    /// Creates a watch, without starting it.
    public MemoryWatch() {
        super(Scheduling.systemGroup(), null, "gofer memory watch", 0, false);
        setDaemon(true);
    }

    @Override
    public void run() {
        int failures = 0;
        long since = System.nanoTime();
        while (failures < MIN_CHECKS || System.nanoTime() - since < PATIENCE) {
            LockSupport.parkNanos(this, PAUSE);
            if (hasMemory()) {
                failures = 0;
                since = System.nanoTime();
            } else {
                failures++;
            }
        }
        OutOfMemoryExit.outOfMemory();
    }

    private boolean hasMemory() {
        Runtime heap = Runtime.getRuntime();
        long free = heap.maxMemory() - heap.totalMemory() + heap.freeMemory();
        if (free > heap.maxMemory() / 2) {
            return true;
        }
        try {
            double part = partSpentCollecting();
            if (free > heap.maxMemory() / FREE_PART) {
                return true;
            }
            return part == 0 ? canAllocate() : part < MAX_COLLECTING;
        } catch (OutOfMemoryError full) {
            return false;
        }
    }

    private boolean canAllocate() {
        try {
            PROBE.setOpaque(this, new byte[PROBE_BYTES]);
            return true;
        } finally {
            partSpentCollecting(); // the next check must not count the collections for this allocation
        }
    }

    /// Returns the part of the time since the last call in which the collectors stopped the program.
    private double partSpentCollecting() {
        long now = System.nanoTime();
        long sum;
        try {
            sum = Collectors.pauses();
        } catch (Throwable notLoaded) {
            sum = collecting; // there was no memory for a class: the JDK throws errors and exceptions of several kinds
        }
        double part = (double) TimeUnit.MILLISECONDS.toNanos(sum - collecting) / (now - checkedAt);
        checkedAt = now;
        collecting = sum;
        return part;
    }

    /// In its own class, loaded when the heap is half full, because most programs do not need it.
    private static final class Collectors {

        private static final GarbageCollectorMXBean[] ALL =
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .filter(collector -> !collector.getName().endsWith("Cycles")) // these run concurrently
                        .toArray(GarbageCollectorMXBean[]::new);

        /// Returns for how many milliseconds the collectors have stopped the program so far.
        static long pauses() {
            long sum = 0;
            for (GarbageCollectorMXBean collector : ALL) {
                sum += collector.getCollectionTime();
            }
            return sum;
        }
    }
}
