package gofer.runtime.watch;

import gofer.runtime.base.JdkHooks;
import gofer.runtime.base.JvmSignal;
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
     * All goroutines are asleep if two inspections agree; see Standstill. Between them the garbage collector runs, so
     * that finalizers and cleaners have run. After that, only an event from outside that has no thread yet could wake a
     * goroutine: a shutdown hook, a signal handler, a call from a management console. If such a source exists or cannot
     * be excluded, it is uncertain whether a goroutine will run again. Then the program does not end, but a warning is
     * printed.
     */

    private static final String SIGNAL = "a shutdown hook or a signal handler";
    private static final String MBEAN = "an MBean operation"; // called from a management console
    private static final String FINALIZER = "a finalizer or a cleaner"; // if the JVM does not collect on request
    private static final String VIRTUAL = "a virtual thread that is not a goroutine"; // if the JVM does not list them

    /// The pause after the first dump of all threads that found one that could wake a goroutine. It doubles each time.
    private static final long FIRST_DUMP_PAUSE = TimeUnit.MILLISECONDS.toNanos(200);

    private static final long CLEANING = TimeUnit.MILLISECONDS.toNanos(50);

    /// A pause that takes too long shows that the machine is busy, and that other threads have not run either. Then the
    /// pause is extended by this many times the delay.
    private static final int DELAY_FACTOR = 20;

    /// The longest delay that is used for this. A longer one may come from a pause of the whole JVM.
    private static final long MAX_DELAY = TimeUnit.MILLISECONDS.toNanos(500);

    /// The number of collections. Objects released by a finalizer may have a finalizer, too.
    private static final int COLLECTIONS = 2;

    /// The maximum number of doublings. Dumps of all threads then are thirteen seconds apart.
    private static final int DOUBLINGS = 6;

    private static final String OUR_BEANS = "gofer.";

    /// The time for which virtual threads must have been without work, if nothing else is known about them.
    private static final long QUIET = TimeUnit.SECONDS.toNanos(5);

    /// The time that a response from outside may take before there is a warning.
    private static final Duration RESPONSE_TIME = Duration.ofSeconds(10);

    private final @Nullable Thread caller;
    private int dumps; // number of dumps of all threads that have found one that could wake a goroutine
    private long nextDump = System.nanoTime();
    private long pauseTime;
    private long quietSince = System.nanoTime(); // since when no goroutine is left and no virtual thread works

    /// @param caller a thread that cannot wake a goroutine; null if there is none, or if there are several
    public WakeupSources(@Nullable Thread caller) {
        this.caller = caller;
    }

    /// Returns for how many nanoseconds the last call of [#findUncertain] paused.
    long takePauseTime() {
        long nanos = pauseTime;
        pauseTime = 0;
        return nanos;
    }

    /// Returns the sources that could still wake a goroutine but cannot be known for certain. Returns null if something
    /// is running that could wake one.
    public @Nullable Set<String> findUncertain() {
        if (JvmSignal.isAnyHandled()) {
            return null; // a signal from outside can come at any time
        }
        Thread current = Thread.currentThread();
        Set<Thread> known = caller == null ? Set.of(current) : Set.of(current, caller);
        if (!haveAllEnded()) {
            quietSince = System.nanoTime();
        }
        Set<String> uncertain = new TreeSet<>();
        Standstill first = Standstill.inspect(known, uncertain);
        if (first == null || !isAnyLeft()) {
            return null;
        }
        if (!Scheduling.isOurs() && mayVirtualWake(uncertain)) {
            return null;
        }
        if ((uncertain.contains(ExternalThreads.HTTP) || uncertain.contains(VIRTUAL))
                && !Standstill.haveSleptFor(RESPONSE_TIME)) {
            return null;
        }
        if (!collect(first, known)) {
            uncertain.add(FINALIZER);
        }
        if (Scheduling.isOurs() && !PlainVirtualThreads.areTracked()) {
            uncertain.add(VIRTUAL);
        }
        if (reactsToSignals()) {
            uncertain.add(SIGNAL);
        }
        if (hasMBeans()) {
            uncertain.add(MBEAN);
        }
        return first.equals(Standstill.inspect(known, uncertain)) ? uncertain : null;
    }

    /// Returns whether a virtual thread could wake a goroutine, on the JDK's scheduler. If that cannot be known, adds
    /// virtual threads to `uncertain`. If no goroutine is left, returns true instead until virtual threads have been idle
    /// for some time, because virtual threads do not keep a JVM alive.
    private boolean mayVirtualWake(Set<String> uncertain) {
        try {
            if (PlainVirtualThreads.canBeDumped()) {
                return isTooSoon() || PlainVirtualThreads.mayWake(uncertain);
            }
        } catch (IOException unknown) {
            // the same as if no dump were possible
        }
        if (!haveAllEnded()) {
            uncertain.add(VIRTUAL);
            return false;
        }
        long now = System.nanoTime();
        if (PlainVirtualThreads.areAtWork()) {
            quietSince = now;
        }
        return now - quietSince < QUIET;
    }

    /// Returns a line for a warning that says how to be certain; empty if nothing more can be known.
    public static String howToBeCertain() {
        return Scheduling.isOurs()
                ? ""
                : "(Only Gofer's scheduler can tell whether there is one: java --add-opens=java.base/java.lang="
                        + (WakeupSources.class.getModule().isNamed() ? "gofer" : "ALL-UNNAMED")
                        + " ...)\n";
    }

    /// Returns whether a standstill has to be reported: there is a goroutine, or the program's last one has ended.
    private boolean isAnyLeft() {
        return caller != null || !haveAllEnded();
    }

    /// Returns whether all goroutines have ended.
    public static boolean haveAllEnded() {
        return Goroutines.count() + LeakSearch.count() == 0;
    }

    /// Returns whether a signal or a shutdown hook could wake a goroutine. If all goroutines have ended, only a signal
    /// handler that is known counts.
    private static boolean reactsToSignals() {
        if (haveAllEnded()) {
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
        nextDump = System.nanoTime() + (FIRST_DUMP_PAUSE << Math.min(dumps++, DOUBLINGS));
        return false;
    }

    /// Collects garbage, and gives finalizers and cleaners time, as long as `first` is still true. Returns false if the JVM
    /// does not collect on request.
    private boolean collect(Standstill first, Set<Thread> known) {
        for (int i = 0; i < COLLECTIONS && first.equals(Standstill.inspect(known, new HashSet<>())); i++) {
            var canary = new WeakReference<>(new Object());
            System.gc();
            pauseForCleaning();
            if (!canary.refersTo(null)) {
                return false;
            }
        }
        return true;
    }

    private void pauseForCleaning() {
        long start = System.nanoTime();
        LockSupport.parkNanos(this, CLEANING);
        long late = System.nanoTime() - start - CLEANING;
        if (late > 0) {
            LockSupport.parkNanos(this, DELAY_FACTOR * Math.min(late, MAX_DELAY));
        }
        pauseTime += System.nanoTime() - start;
    }
}
