package gofer.race.edges.child;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/// A detector that only keeps vector clocks, under one lock. In the child JVM, the hooks forward to it.
///
/// It uses nothing that has hooks, and so no lambda expressions.
public final class RecordingHooks {

    public static final long MONITOR = -1;
    public static final long INTERRUPT = -2;

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final Lock LOCK = new Lock();
    private static final IdentityHashMap<Thread, Strand> STRANDS = new IdentityHashMap<>();
    private static final IdentityHashMap<Object, Map<Object, Map<Integer, Integer>>> STAMPS = new IdentityHashMap<>();
    private static volatile boolean on;

    /// A thread: its number, its quiet calls, and what it knows of the threads, by number.
    private static final class Strand {
        final int id = STRANDS.size() + 1;
        final Map<Integer, Integer> clock = new HashMap<>(Map.of(id, 1));
        int quiet;
        boolean hasEnded;
    }

    /// A lock that does not park: a park would use up the permit that the program's next park needs.
    private static final class Lock {

        private final int[] state = new int[1];
        volatile @Nullable Thread owner;

        void lock() {
            while (!UNSAFE.compareAndSetInt(state, Unsafe.ARRAY_INT_BASE_OFFSET, 0, 1)) {
                await();
            }
            owner = Thread.currentThread();
        }

        /// Waits a little. A virtual thread must not yield: that would run code of the scheduler, which calls hooks.
        private static void await() {
            if (Thread.currentThread().isVirtual()) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }

        void unlock() {
            owner = null;
            UNSAFE.putIntVolatile(state, Unsafe.ARRAY_INT_BASE_OFFSET, 0);
        }
    }

    private RecordingHooks() {}

    /// Begins to record.
    public static void begin() {
        on = true;
    }

    /// Forgets everything.
    public static void end() {
        on = false;
        LOCK.lock();
        try {
            STRANDS.clear();
            STAMPS.clear();
        } finally {
            LOCK.unlock();
        }
    }

    /// Returns the current moment of the current thread.
    public static long now() {
        LOCK.lock();
        try {
            Strand strand = strand(Thread.currentThread());
            return (long) strand.id << 32 | strand.clock.getOrDefault(strand.id, 0);
        } finally {
            LOCK.unlock();
        }
    }

    /// Returns whether a moment of another thread happens before what the current thread does now.
    public static boolean knows(long moment) {
        LOCK.lock();
        try {
            return strand(Thread.currentThread()).clock.getOrDefault((int) (moment >> 32), 0) >= (int) moment;
        } finally {
            LOCK.unlock();
        }
    }

    /// Returns whether the current thread is in a quiet call.
    public static boolean isQuiet() {
        LOCK.lock();
        try {
            return strand(Thread.currentThread()).quiet != 0;
        } finally {
            LOCK.unlock();
        }
    }

    private static Strand strand(Thread thread) {
        Strand known = STRANDS.get(thread);
        if (known == null) {
            known = new Strand();
            STRANDS.put(thread, known);
        }
        return known;
    }

    /// Returns whether a call does not count. The hooks themselves may load a class, which calls hooks.
    private static boolean isIgnored() {
        return !on
                || LOCK.owner == Thread.currentThread()
                || Thread.currentThread().getClass().getName().equals("jdk.internal.misc.CarrierThread");
    }

    private static void acquirePart(Object object, Object part) {
        if (isIgnored()) {
            return;
        }
        LOCK.lock();
        try {
            Strand strand = strand(Thread.currentThread());
            Map<Object, Map<Integer, Integer>> parts = STAMPS.get(object);
            if (strand.quiet == 0 && parts != null && parts.get(part) instanceof Map<Integer, Integer> stamp) {
                join(strand.clock, stamp);
            }
        } finally {
            LOCK.unlock();
        }
    }

    private static void releasePart(Object object, Object part) {
        if (isIgnored()) {
            return;
        }
        LOCK.lock();
        try {
            Strand strand = strand(Thread.currentThread());
            if (strand.quiet == 0) {
                publish(strand, stamp(object, part));
            }
        } finally {
            LOCK.unlock();
        }
    }

    private static Map<Integer, Integer> stamp(Object object, Object part) {
        Map<Object, Map<Integer, Integer>> parts = STAMPS.get(object);
        if (parts == null) {
            parts = new HashMap<>();
            STAMPS.put(object, parts);
        }
        Map<Integer, Integer> stamp = parts.get(part);
        if (stamp == null) {
            stamp = new HashMap<>();
            parts.put(part, stamp);
        }
        return stamp;
    }

    private static void publish(Strand strand, Map<Integer, Integer> stamp) {
        join(stamp, strand.clock);
        strand.clock.put(strand.id, strand.clock.getOrDefault(strand.id, 0) + 1);
    }

    private static void join(Map<Integer, Integer> clock, Map<Integer, Integer> other) {
        for (Map.Entry<Integer, Integer> entry : other.entrySet()) {
            if (clock.getOrDefault(entry.getKey(), 0) < entry.getValue()) {
                clock.put(entry.getKey(), entry.getValue());
            }
        }
    }

    public static void acquire(Object object, long part) {
        acquirePart(object, part);
    }

    public static void release(Object object, long part) {
        releasePart(object, part);
    }

    public static void acquireAt(Object object, long offset) {
        acquirePart(object, offset);
    }

    public static void releaseAt(Object object, long offset) {
        releasePart(object, offset);
    }

    public static void acquireHandle(Object handle, @Nullable Object target, int index) {
        acquirePart(target == null ? handle : target, -10L - index);
    }

    public static void releaseHandle(Object handle, @Nullable Object target, int index) {
        releasePart(target == null ? handle : target, -10L - index);
    }

    public static void pass(Object from, Object to, long part) {
        LOCK.lock();
        try {
            join(stamp(to, part), stamp(from, 0L));
        } finally {
            LOCK.unlock();
        }
    }

    public static void starting(Thread thread) {
        if (isIgnored()) {
            return;
        }
        LOCK.lock();
        try {
            Strand strand = strand(Thread.currentThread());
            if (strand.quiet == 0) {
                publish(strand, strand(thread).clock);
            }
        } finally {
            LOCK.unlock();
        }
    }

    public static void ended(Thread thread) {
        if (!isIgnored()) {
            LOCK.lock();
            try {
                strand(thread).hasEnded = true;
            } finally {
                LOCK.unlock();
            }
        }
    }

    public static void joined(Thread thread) {
        if (isIgnored()) {
            return;
        }
        LOCK.lock();
        try {
            Strand strand = strand(Thread.currentThread());
            if (strand.quiet == 0 && strand(thread).hasEnded) {
                join(strand.clock, strand(thread).clock);
            }
        } finally {
            LOCK.unlock();
        }
    }

    public static void enterQuiet() {
        quiet(1);
    }

    public static void exitQuiet() {
        quiet(-1);
    }

    private static void quiet(int change) {
        if (!isIgnored()) {
            LOCK.lock();
            try {
                strand(Thread.currentThread()).quiet += change;
            } finally {
                LOCK.unlock();
            }
        }
    }

    public static void exiting(int status) {
        if (on) {
            System.out.println("exiting " + status);
        }
    }
}
