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

/// Ends a program whose heap stays full: says so, and exits with status 2.
public final class MemoryWatch extends Thread {

    /*
     * The JVM throws an OutOfMemoryError in the thread that wants memory, and often nobody sees it. A goroutine that begins to
     * wait needs memory for its stack; if there is none, the JDK lets it wait on its carrier, which runs nobody else then.
     * So in a heap that is full of waiting goroutines no goroutine gets an exception, and none runs. A signal does not
     * end the process either, since the JVM needs memory to handle it. Go ends such a program, and so does this thread.
     *
     * A heap is full if little of it is free while the collector takes most of the time; or, if the collector does nothing,
     * since all that wanted memory have given up, if it has none for this thread. It does not ask for some while the
     * collector works: then it could wait for very long, since others take what becomes free.
     */

    /// How long it rests between two looks.
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(200);

    /// After looks that found no memory for this long, there will be none. A program that fills its heap for a moment goes on.
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    /// At least this number of looks: a single collection may take longer than the patience.
    private static final int LOOKS = 3;

    /// While more than a twentieth is free, the heap is not full.
    private static final int SPARE_PART = 20;

    /// In bytes: as much as the stack of a goroutine that waits may take, if it is deep.
    private static final int PIECE = 1 << 16;

    private static final VarHandle PROBE =
            ConstantBootstraps.fieldVarHandle(
                    MethodHandles.lookup(), "probe", VarHandle.class, MemoryWatch.class, byte[].class);

    private long lookedAt; // by System.nanoTime
    private long collecting; // milliseconds until the last look at it

    @SuppressWarnings("UnusedVariable") // by its handle: else the compiler may leave the allocation out
    private byte @Nullable [] probe;

    /// One that is yet to be started.
    public MemoryWatch() {
        super(Scheduling.systemGroup(), null, "gofer memory watch", 0, false);
        setDaemon(true);
    }

    @Override
    public void run() {
        int inVain = 0;
        long since = System.nanoTime();
        while (inVain < LOOKS || System.nanoTime() - since < PATIENCE) {
            LockSupport.parkNanos(this, PAUSE);
            if (hasMemory()) {
                inVain = 0;
                since = System.nanoTime();
            } else {
                inVain++;
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
            long now = System.nanoTime();
            long sum = Collectors.pauses(); // loads a class, for which there is memory now
            long part = TimeUnit.MILLISECONDS.toNanos(sum - collecting);
            long time = now - lookedAt;
            lookedAt = now;
            collecting = sum;
            boolean collectsMostly = part > time / 10 * 9;
            return free > heap.maxMemory() / SPARE_PART || !collectsMostly && (part > 0 || canAllocate());
        } catch (OutOfMemoryError | NoClassDefFoundError full) { // the second for ever, if the first befell the loading
            return false;
        }
    }

    private boolean canAllocate() {
        PROBE.setOpaque(this, new byte[PIECE]);
        return true;
    }

    /// Loaded when the heap is half full: most programs need none of this.
    private static final class Collectors {

        private static final GarbageCollectorMXBean[] ALL =
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .filter(collector -> !collector.getName().endsWith("Cycles")) // beside the program
                        .toArray(GarbageCollectorMXBean[]::new);

        /// For how many milliseconds they have stopped the program so far.
        static long pauses() {
            long sum = 0;
            for (GarbageCollectorMXBean collector : ALL) {
                sum += collector.getCollectionTime();
            }
            return sum;
        }
    }
}
