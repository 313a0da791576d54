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

/// The sources that could still wake a goroutine when all are asleep.
public final class WakeupSources {

    /*
     * All goroutines are asleep if two looks agree; see Standstill. Between them the garbage collector runs, so that
     * finalizers and cleaners do what they can. After that, only an event from outside that has no thread yet could
     * wake a goroutine: a shutdown hook, a signal handler, a call from a management console. A source that exists or
     * cannot be excluded is a chance. It is a reason not to end the program, but not a reason to stay silent.
     */

    private static final String SIGNAL = "a shutdown hook or a signal handler";
    private static final String MBEAN = "an MBean operation"; // called from a management console
    private static final String FINALIZER = "a finalizer or a cleaner"; // if the JVM does not collect on request
    private static final String VIRTUAL =
            "a virtual thread that is not a goroutine"; // added if the JVM does not list virtual threads

    /// The pause after the first dump of all threads that found one that could wake a goroutine. It doubles each time.
    private static final long SOON = TimeUnit.MILLISECONDS.toNanos(200);

    private static final long CLEANING = TimeUnit.MILLISECONDS.toNanos(50);

    /// A pause that takes too long shows that the machine is busy, and that other threads have not run either. They then
    /// get this many times the delay.
    private static final int LOAD = 20;

    /// The longest delay that counts for this. A longer one may come from a stop of all threads.
    private static final long LATEST = TimeUnit.MILLISECONDS.toNanos(500);

    /// The number of collections. Objects released by a finalizer may have a finalizer, too.
    private static final int COLLECTIONS = 2;

    /// The number of doublings, until dumps of all threads are thirteen seconds apart.
    private static final int DOUBLINGS = 6;

    private static final String OUR_BEANS = "gofer.";

    /// How long virtual threads, if nothing is known about them, must have been without work.
    private static final long QUIET = TimeUnit.SECONDS.toNanos(5);

    /// How long a response from outside may take before there is a warning.
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final @Nullable Thread caller;
    private int dumps; // number of dumps of all threads that have found one that could wake a goroutine
    private long nextDump = System.nanoTime();
    private long napped;
    private long quietSince = System.nanoTime(); // since when no goroutine is left and no virtual thread works

    /// @param caller a thread that cannot wake a goroutine; null if there is none, or if there are several
    public WakeupSources(@Nullable Thread caller) {
        this.caller = caller;
    }

    /// Returns for how many nanoseconds the last call of [#chances] paused.
    long takeNapped() {
        long nanos = napped;
        napped = 0;
        return nanos;
    }

    /// Returns the sources that could still wake a goroutine but cannot be known for certain. Returns null if something
    /// is running that could wake one.
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

    /// Returns whether a virtual thread could wake a goroutine, on the JDK's scheduler. If that cannot be known, adds a
    /// chance. If no goroutine is left, virtual threads get some time to be seen at work instead, because virtual
    /// threads do not keep a JVM alive.
    private boolean mayVirtualWake(Set<String> chances) {
        try {
            if (PlainVirtualThreads.canBeDumped()) {
                return isTooSoon() || PlainVirtualThreads.mayWake(chances);
            }
        } catch (IOException unknown) {
            // the same as if no dump were possible
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

    /// Returns a line for a warning that tells how to be certain; empty if nothing more can be known.
    public static String howToBeCertain() {
        return Scheduling.isOurs()
                ? ""
                : "(Only Gofer's scheduler can tell whether there is one: java --add-opens=java.base/java.lang="
                        + (WakeupSources.class.getModule().isNamed() ? "gofer" : "ALL-UNNAMED")
                        + " ...)\n";
    }

    /// Returns whether there is a goroutine that could be woken, or the program's last one has ended.
    private boolean isAnyLeft() {
        return caller != null || !isNoneLeft();
    }

    /// Returns whether all goroutines have ended.
    public static boolean isNoneLeft() {
        return Goroutines.count() + LeakSearch.count() == 0;
    }

    /// Returns whether a signal or a shutdown hook could wake a goroutine. If all goroutines have ended, only a signal
    /// handler that is known counts.
    private static boolean reactsToSignals() {
        if (isNoneLeft()) {
            return Scheduling.isOurs() && JdkHooks.programHandlesSignals();
        }
        return !Scheduling.isOurs() || JdkHooks.programHandlesSignals() || JdkHooks.programHasShutdownHooks();
    }

    /// Returns whether the program has registered MBeans.
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
                    // the same as if it had never existed
                }
            }
        }
        return false;
    }

    /// Returns whether it is too soon for another dump of all threads. Dumps are slow, so they become rarer while they
    /// find a thread that could wake a goroutine.
    private boolean isTooSoon() {
        if (System.nanoTime() - nextDump < 0) {
            return true;
        }
        nextDump = System.nanoTime() + (SOON << Math.min(dumps++, DOUBLINGS));
        return false;
    }

    /// Collects garbage, and gives finalizers and cleaners time, as long as `first` holds. Returns false if the JVM
    /// does not collect on request.
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
