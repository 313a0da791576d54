package gofer.runtime.watch;

import gofer.runtime.base.JdkHooks;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.sched.Scheduling;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectInstance;
import org.jspecify.annotations.Nullable;

/// Whether something could still wake a goroutine when all are asleep.
public final class WakeupSources {

    /*
     * All are asleep if two looks say the same; see Standstill. Between them the garbage collector runs, so that finalizers
     * and cleaners do what they can. What is left then comes from outside, and is no thread yet: shutdown hooks, handlers of
     * signals, calls by a management console. If there may be one, or if that cannot be known, that is a chance: no reason to
     * end a program, and none to keep silent.
     */

    private static final String SIGNAL = "a shutdown hook or the handler of a signal";
    private static final String MBEAN = "an operation of an MBean"; // by a console that somebody connects
    private static final String FINALIZER = "a finalizer or a cleaner"; // the JVM does not collect on request
    private static final String VIRTUAL =
            "a virtual thread that is no goroutine"; // the JVM does not tell which there are

    /// How long after the first dump of all threads that was in vain the next one comes.
    private static final long SOON = TimeUnit.MILLISECONDS.toNanos(200);

    private static final long CLEANING = TimeUnit.MILLISECONDS.toNanos(50);

    /// A machine that lets a thread oversleep has not let others run either: they get so many times as long.
    private static final int LOAD = 20;

    /// After a stop of all threads it is not that late.
    private static final long LATEST = TimeUnit.MILLISECONDS.toNanos(500);

    /// What a finalizer lets go of may have a finalizer, too.
    private static final int COLLECTIONS = 2;

    /// Until dumps of all threads are thirteen seconds apart.
    private static final int DOUBLINGS = 6;

    private static final String OUR_BEANS = "gofer.";

    /// How long virtual threads of which nothing is known have to be out of work.
    private static final long QUIET = TimeUnit.SECONDS.toNanos(5);

    /// How long an answer from outside may take before there is a warning.
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final @Nullable Thread caller;
    private int dumps; // of all threads, in vain
    private long nextDump = System.nanoTime();
    private long napped;
    private long quietSince = System.nanoTime(); // no goroutine is left, and no virtual thread has been seen at work

    /// @param caller a thread that wakes nobody; null if there is none, or several
    public WakeupSources(@Nullable Thread caller) {
        this.caller = caller;
    }

    /// How many nanoseconds of the last call of [#chances] were rest.
    long takeNapped() {
        long nanos = napped;
        napped = 0;
        return nanos;
    }

    /// What could still wake a goroutine, of what cannot be known for certain; null if something is at work that could.
    public @Nullable Set<String> chances() {
        Thread current = Thread.currentThread();
        Set<Thread> known = caller == null ? Set.of(current) : Set.of(current, caller);
        if (!isNoneLeft()) {
            quietSince = System.nanoTime();
        }
        Set<String> chances = new TreeSet<>();
        Standstill first = Standstill.look(known, chances);
        if (first == null || !isAnyLeft()) {
            return null;
        }
        if (!Scheduling.isOurs() && mayVirtualWake(chances)) {
            return null;
        }
        if ((chances.contains(ExternalThreads.HTTP) || chances.contains(VIRTUAL)) && !Standstill.holdsFor(ANSWER)) {
            return null;
        }
        if (!collect(first, known)) {
            chances.add(FINALIZER);
        }
        if (Scheduling.isOurs() && !PlainVirtualThreads.areTracked()) {
            chances.add(VIRTUAL);
        }
        if (reactsToSignals()) {
            chances.add(SIGNAL);
        }
        if (hasMBeans()) {
            chances.add(MBEAN);
        }
        return first.equals(Standstill.look(known, chances)) ? chances : null;
    }

    /// Whether a virtual thread could wake a goroutine, on the JDK's scheduler. Where it cannot be known, that is a chance;
    /// but if no goroutine is left, they have some time to be seen at work, as no JVM is kept alive by virtual threads.
    private boolean mayVirtualWake(Set<String> chances) {
        try {
            if (PlainVirtualThreads.canBeDumped()) {
                return isTooSoon() || PlainVirtualThreads.mayWake(chances);
            }
        } catch (IOException unknown) {
            // as if none could be had
        }
        if (!isNoneLeft()) {
            chances.add(VIRTUAL);
            return false;
        }
        long now = System.nanoTime();
        if (PlainVirtualThreads.areAtWork()) {
            quietSince = now;
        }
        return now - quietSince < QUIET;
    }

    /// A line for a warning; empty if it is as certain as can be.
    public static String howToBeCertain() {
        return Scheduling.isOurs()
                ? ""
                : "(Whether there is one is known on Gofer's scheduler only: java --add-opens=java.base/java.lang="
                        + (WakeupSources.class.getModule().isNamed() ? "gofer" : "ALL-UNNAMED")
                        + " ...)\n";
    }

    /// Whether there is a goroutine that could be woken, or the last one of a program has ended.
    private boolean isAnyLeft() {
        return caller != null || !isNoneLeft();
    }

    /// Whether all goroutines have ended.
    public static boolean isNoneLeft() {
        return Goroutines.count() + LeakSearch.count() == 0;
    }

    /// Whether a signal could let a goroutine go on. None that has ended; where there is no other, only a handler that is known
    /// is waited for.
    private static boolean reactsToSignals() {
        if (isNoneLeft()) {
            return Scheduling.isOurs() && JdkHooks.programHandlesSignals();
        }
        return !Scheduling.isOurs() || JdkHooks.programHandlesSignals() || JdkHooks.programHasShutdownHooks();
    }

    /// Whether the program has any.
    private static boolean hasMBeans() {
        for (MBeanServer server : MBeanServerFactory.findMBeanServer(null)) {
            for (ObjectInstance bean : server.queryMBeans(null, null)) {
                try {
                    if (server.getClassLoaderFor(bean.getObjectName()) instanceof ClassLoader loader
                            && loader != ClassLoader.getPlatformClassLoader()
                            && !bean.getClassName().startsWith(OUR_BEANS)) {
                        return true;
                    }
                } catch (InstanceNotFoundException gone) {
                    // as if there never was one
                }
            }
        }
        return false;
    }

    /// To dump all threads takes long: where it finds one that could wake a goroutine it is done more and more seldom.
    private boolean isTooSoon() {
        if (System.nanoTime() - nextDump < 0) {
            return true;
        }
        nextDump = System.nanoTime() + (SOON << Math.min(dumps++, DOUBLINGS));
        return false;
    }

    /// Collects garbage, and gives finalizers and cleaners time, as long as `first` holds. False if the JVM does not collect on
    /// request.
    private boolean collect(Standstill first, Set<Thread> known) {
        for (int i = 0; i < COLLECTIONS && first.equals(Standstill.look(known, new HashSet<>())); i++) {
            var canary = new WeakReference<>(new Object());
            System.gc();
            nap();
            if (!canary.refersTo(null)) {
                return false;
            }
        }
        return true;
    }

    private void nap() {
        long start = System.nanoTime();
        LockSupport.parkNanos(this, CLEANING);
        long late = System.nanoTime() - start - CLEANING;
        if (late > 0) {
            LockSupport.parkNanos(this, LOAD * Math.min(late, LATEST));
        }
        napped += System.nanoTime() - start;
    }
}
