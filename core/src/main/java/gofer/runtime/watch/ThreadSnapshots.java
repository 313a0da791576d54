package gofer.runtime.watch;

import gofer.runtime.base.JdkHooks;
import gofer.runtime.park.World;
import gofer.runtime.sched.Carrier;
import gofer.runtime.sched.Scheduling;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Access to the monitors that a thread holds and waits for, and to the owners of java.util.concurrent locks. The JDK
/// has no public method for this.
///
/// Needs the package `java.lang` open to this module, which an attached tool may open at any time. Everything is tested
/// before its first use. If the test fails, [#of] and [#ownerOf] return null.
final class ThreadSnapshots {

    /*
     * The JDK takes a snapshot of a thread for its own thread dumps. Before a change in JDK 26 (JDK-8364343), the JVM
     * crashes if it walks the stack of a virtual thread that continues meanwhile. So before the JDK itself takes a stack
     * trace of a virtual thread, it sets a bit of the thread's state that keeps the thread from continuing. This class
     * does the same for threads that are parked or blocked, and leaves running threads alone. Afterwards it has the JDK
     * take a stack trace as well. At the end of that, the JDK resubmits the thread if it has been woken meanwhile.
     *
     * The monitors that a snapshot reports as held are correct for waiting threads and for running ones. They are
     * wrong for a virtual thread that has just been allowed to continue: the monitor that it is about to enter counts
     * as held. On some JDKs they are also wrong for a virtual thread that has been notified and is about to reenter its
     * monitor.
     */

    /// The monitors of a thread.
    ///
    /// @param entering the object whose monitor it waits to enter; null if it does not
    /// @param waitingOn the object on which it waits to be notified; null if it does not
    /// @param held the objects whose monitors it holds, in no particular order, without the other two
    record Monitors(@Nullable Object entering, @Nullable Object waitingOn, List<Object> held) {}

    /// The method of VirtualThread that only newer JDKs have.
    private static final String TRANSITION = "startTransition";

    private static volatile @Nullable ThreadSnapshots usable;
    private static volatile boolean broken; // the test has failed on this JDK
    private static volatile boolean timedOut; // the last test did not finish in time
    private static volatile long timedOutAt; // time of System.nanoTime, if timedOut

    /// The pause after a test that took too long, perhaps because no carrier was free.
    private static final long REST = TimeUnit.SECONDS.toNanos(1);

    private final MethodHandle of;
    private final MethodHandle state;
    private final MethodHandle blockedOn;
    private final MethodHandle waitingOn;
    private final MethodHandle stack;
    private final MethodHandle carrier;
    private final MethodHandle ownsMonitors;
    private final MethodHandle ownedAt;
    private final MethodHandle owner;
    private final @Nullable VarHandle stateOfVirtual; // null if the JVM itself keeps threads from continuing
    private final Set<Integer> unmounted = new HashSet<>();
    private final int suspended;

    private ThreadSnapshots() throws Throwable {
        var lookup = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
        JdkHooks.open("jdk.internal.vm");
        JdkHooks.open("java.util.concurrent.locks");
        Class<?> snapshot = Class.forName("jdk.internal.vm.ThreadSnapshot");
        var inside = MethodHandles.privateLookupIn(snapshot, MethodHandles.lookup());
        of =
                inside.findStatic(snapshot, "of", MethodType.methodType(snapshot, Thread.class))
                        .asType(MethodType.methodType(Object.class, Thread.class));
        state = getter(inside, snapshot, "threadState", Thread.State.class);
        blockedOn = getter(inside, snapshot, "blockedOn", Object.class);
        waitingOn = getter(inside, snapshot, "waitingOn", Object.class);
        stack = getter(inside, snapshot, "stackTrace", StackTraceElement[].class);
        carrier = getter(inside, snapshot, "carrierThread", Thread.class);
        ownsMonitors = getter(inside, snapshot, "ownsMonitors", boolean.class);
        ownedAt =
                inside.findVirtual(snapshot, "ownedMonitorsAt", MethodType.methodType(Stream.class, int.class))
                        .asType(MethodType.methodType(Stream.class, Object.class, int.class));
        owner =
                MethodHandles.privateLookupIn(AbstractOwnableSynchronizer.class, MethodHandles.lookup())
                        .findVirtual(
                                AbstractOwnableSynchronizer.class,
                                "getExclusiveOwnerThread",
                                MethodType.methodType(Thread.class));
        Class<?> virtual = lookup.findClass("java.lang.VirtualThread");
        if (hasMethod(virtual, TRANSITION)) {
            stateOfVirtual = null;
            suspended = 0;
        } else {
            var states = MethodHandles.privateLookupIn(virtual, MethodHandles.lookup());
            stateOfVirtual = states.findVarHandle(virtual, "state", int.class);
            suspended = (int) states.findStaticVarHandle(virtual, "SUSPENDED", int.class).get();
            for (String name : List.of("PARKED", "TIMED_PARKED", "BLOCKED", "WAIT", "TIMED_WAIT")) {
                unmounted.add((int) states.findStaticVarHandle(virtual, name, int.class).get());
            }
        }
    }

    private static MethodHandle getter(MethodHandles.Lookup inside, Class<?> type, String name, Class<?> result)
            throws ReflectiveOperationException {
        return inside.findVirtual(type, name, MethodType.methodType(result))
                .asType(MethodType.methodType(result, Object.class));
    }

    /// Returns whether the JVM itself keeps a virtual thread from continuing while it takes a snapshot of it. Otherwise
    /// a snapshot of a running thread may crash the JVM.
    static boolean areSafe() {
        try {
            return hasMethod(Class.forName("java.lang.VirtualThread"), TRANSITION);
        } catch (ClassNotFoundException otherJdk) {
            return false;
        }
    }

    private static boolean hasMethod(Class<?> type, String name) {
        return Stream.of(type.getDeclaredMethods()).anyMatch(method -> method.getName().equals(name));
    }

    /// Returns whether snapshots work here.
    static boolean arePossible() {
        return usable() != null;
    }

    private static @Nullable ThreadSnapshots usable() {
        ThreadSnapshots known = usable;
        if (known != null || broken || !isOpen() || Thread.currentThread().isVirtual() && World.current() != null) {
            return known; // the test takes time that a world cannot control
        }
        if (timedOut && System.nanoTime() - timedOutAt < REST) {
            return null;
        }
        try {
            var made = new ThreadSnapshots();
            if (new Trial(made).succeeds()) {
                usable = made;
                return made;
            }
            timedOutAt = System.nanoTime();
            timedOut = true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt(); // the next call tries again
        } catch (Throwable otherJdk) {
            broken = true;
        }
        return null;
    }

    private static boolean isOpen() {
        return Object.class.getModule().isOpen("java.lang", ThreadSnapshots.class.getModule());
    }

    /// Returns what `thread` waits for and holds; null if that is not known.
    static @Nullable Monitors of(Thread thread) {
        ThreadSnapshots snapshots = usable();
        try {
            return snapshots == null || isCarrier(thread) ? null : snapshots.monitors(thread);
        } catch (OutOfMemoryError full) {
            throw full;
        } catch (Throwable unsupported) {
            return null;
        }
    }

    /// Returns the owner of `lock`; null if it has none, or if that is not known.
    static @Nullable Thread ownerOf(AbstractOwnableSynchronizer lock) {
        ThreadSnapshots snapshots = usable();
        try {
            return snapshots == null ? null : (Thread) snapshots.owner.invokeExact(lock);
        } catch (Throwable unsupported) {
            return null;
        }
    }

    /// Returns whether `thread` is a carrier, whose monitors belong to the virtual thread that it runs.
    private static boolean isCarrier(Thread thread) {
        return thread instanceof Carrier
                || thread instanceof World.Runner
                || thread.getClass().getName().equals("jdk.internal.misc.CarrierThread");
    }

    private @Nullable Monitors monitors(Thread thread) throws Throwable {
        if (stateOfVirtual == null || !thread.isVirtual()) {
            return monitorsOf((Object) of.invokeExact(thread), thread.isVirtual());
        }
        int before = (int) stateOfVirtual.getVolatile(thread);
        if (!unmounted.contains(before) || !stateOfVirtual.compareAndSet(thread, before, before | suspended)) {
            return null;
        }
        Object snapshot;
        try {
            snapshot = (Object) of.invokeExact(thread);
        } finally {
            stateOfVirtual.setVolatile(thread, before);
            var _ = thread.getStackTrace(); // resubmits it if necessary
        }
        return monitorsOf(snapshot, true);
    }

    private @Nullable Monitors monitorsOf(@Nullable Object snapshot, boolean virtual) throws Throwable {
        if (snapshot == null) {
            return null; // it has ended
        }
        var seen = (Thread.State) state.invokeExact(snapshot);
        var frames = (StackTraceElement[]) stack.invokeExact(snapshot);
        if (virtual && seen == Thread.State.RUNNABLE && (Thread) carrier.invokeExact(snapshot) == null) {
            return null;
        }
        Object entering = seen == Thread.State.BLOCKED ? (Object) blockedOn.invokeExact(snapshot) : null;
        boolean waits = seen == Thread.State.WAITING || seen == Thread.State.TIMED_WAITING;
        Object on = waits ? (Object) waitingOn.invokeExact(snapshot) : null;
        List<Object> held = new ArrayList<>();
        if ((boolean) ownsMonitors.invokeExact(snapshot)) {
            for (int i = 0; i < frames.length; i++) {
                for (Object monitor : ((Stream<?>) ownedAt.invokeExact(snapshot, i)).toArray()) {
                    if (monitor != null && monitor != entering && monitor != on && !has(held, monitor)) {
                        held.add(monitor);
                    }
                }
            }
        }
        if (entering == null && on == null && frames.length > 0 && isObjectWait(frames[0])) {
            return seen == Thread.State.BLOCKED && held.size() == 1
                    ? new Monitors(held.getFirst(), null, List.of())
                    : null;
        }
        return new Monitors(entering, on, held);
    }

    private static boolean isObjectWait(StackTraceElement frame) {
        return frame.getClassName().equals("java.lang.Object") && frame.getMethodName().startsWith("wait");
    }

    private static boolean has(List<Object> all, Object one) {
        return all.stream().anyMatch(other -> other == one);
    }

    /// Tests the snapshots with threads whose monitors are known.
    private static final class Trial implements Runnable {

        private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

        private static final long POLL_PAUSE = TimeUnit.MICROSECONDS.toNanos(100);

        private final ThreadSnapshots tried;
        private final Object wanted = new Object();
        private final BlockingQueue<Runnable> ready = new LinkedBlockingQueue<>();
        private volatile @Nullable Throwable failure = new TimeoutException();

        Trial(ThreadSnapshots tried) {
            this.tried = tried;
        }

        /// Runs the test. Returns false if there was not enough time.
        boolean succeeds() throws Throwable {
            Thread thread = platform(this);
            thread.start();
            thread.join(TimeUnit.NANOSECONDS.toMillis(3 * PATIENCE));
            if (failure instanceof Throwable thrown && !(thrown instanceof TimeoutException)) {
                throw thrown;
            }
            return failure == null;
        }

        private static Thread platform(Runnable body) {
            var thread = new Thread(Scheduling.systemGroup(), body, "gofer trial", 0, false);
            thread.setDaemon(true);
            return thread;
        }

        @Override
        public void run() {
            try {
                tryOn(Trial::platform);
                tryOn(this::virtual);
                failure = null;
            } catch (Throwable thrown) {
                failure = thrown;
            }
        }

        /// Returns a virtual thread with its own carrier if possible, because other carriers may be busy.
        private Thread virtual(Runnable body) {
            if (JdkHooks.obstacle() != null) {
                return Thread.ofVirtual().unstarted(body);
            }
            Thread virtual = JdkHooks.newVirtualThread(ready::add, "gofer trial", body, false);
            platform(() -> carry(virtual)).start();
            return virtual;
        }

        private void carry(Thread virtual) {
            try {
                while (virtual.getState() != Thread.State.TERMINATED
                        && ready.poll(PATIENCE, TimeUnit.NANOSECONDS) instanceof Runnable turn) {
                    turn.run();
                }
            } catch (InterruptedException stop) {
                // no known code interrupts this thread
            }
        }

        /// Each thread holds its own monitor, because the first may still have to leave its monitor when the second
        /// begins.
        private void tryOn(Function<Runnable, Thread> maker) throws Throwable {
            Object held = new Object();
            Thread thread = maker.apply(() -> enterBoth(held));
            synchronized (wanted) {
                thread.start();
                // The thread may first have to wait for the lock of a class loader, so this may take several attempts.
                for (long start = System.nanoTime(); !isSeen(thread, held); ) {
                    if (System.nanoTime() - start > PATIENCE) {
                        throw new TimeoutException();
                    }
                    LockSupport.parkNanos(this, POLL_PAUSE);
                }
            }
        }

        private boolean isSeen(Thread thread, Object held) throws Throwable {
            Monitors seen = thread.getState() == Thread.State.BLOCKED ? tried.monitors(thread) : null;
            return seen != null && seen.entering == wanted && seen.waitingOn == null && seen.held.equals(List.of(held));
        }

        private void enterBoth(Object held) {
            synchronized (held) {
                synchronized (wanted) {
                    return;
                }
            }
        }
    }
}
