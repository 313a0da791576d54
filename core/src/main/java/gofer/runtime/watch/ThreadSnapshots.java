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

/// Which monitors a thread holds and waits for, and who owns a lock of java.util.concurrent: what the JDK keeps to itself.
///
/// Needs the package `java.lang` open to this module; a tool that attaches may open it at any time. All of it is tried out
/// before it is used the first time. If it cannot be used, nothing is known.
final class ThreadSnapshots {

    /*
     * The JDK has a snapshot of a thread for its own thread dumps. Up to a change that came with JDK 26 (JDK-8364343) the JVM
     * crashes if it walks the stack of a virtual thread while that goes on. There the JDK itself, before it takes a stack
     * trace of one, sets a bit of its state with which it cannot go on. We do the same: for threads that are parked or
     * blocked, and leave those alone that run. Then we have the JDK take a stack trace, too: at the end of that it
     * resubmits the thread if somebody has woken it meanwhile.
     *
     * What a snapshot says of the monitors that a thread holds is true of those that wait, and of those that run. It is not
     * of a virtual thread that has just been let go on: the monitor that it is yet to enter counts as held. Nor is it, on
     * some JDKs, of one that has been notified and is to enter its monitor again.
     */

    /// @param entering what it waits to enter; null if it does not
    /// @param waitingOn what it waits to be notified on; null if it does not
    /// @param held what it holds, in no order; those two are not among them
    record Monitors(@Nullable Object entering, @Nullable Object waitingOn, List<Object> held) {}

    /// The method of virtual threads that tells newer JDKs apart.
    private static final String TRANSITION = "startTransition";

    private static volatile @Nullable ThreadSnapshots usable;
    private static volatile boolean broken; // it was tried, and does not work here
    private static volatile boolean tried; // and nothing came of it in time
    private static volatile long triedAt; // by System.nanoTime, if tried

    /// After a trial that took too long, perhaps because no carrier was free, there is none for this long.
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
    private final @Nullable VarHandle stateOfVirtual; // null if the JVM keeps threads from going on by itself
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

    /// Whether the JVM itself keeps a virtual thread from going on while it takes a snapshot of it. Else to take one of a
    /// thread that runs may crash the JVM.
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

    /// Whether anything is known here.
    static boolean arePossible() {
        return usable() != null;
    }

    private static @Nullable ThreadSnapshots usable() {
        ThreadSnapshots known = usable;
        if (known != null || broken || !isOpen() || Thread.currentThread().isVirtual() && World.current() != null) {
            return known; // to try them out takes time that a world does not know of
        }
        if (tried && System.nanoTime() - triedAt < REST) {
            return null;
        }
        try {
            var made = new ThreadSnapshots();
            if (new Trial(made).succeeds()) {
                usable = made;
                return made;
            }
            triedAt = System.nanoTime();
            tried = true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt(); // next time, perhaps
        } catch (Throwable otherJdk) {
            broken = true;
        }
        return null;
    }

    private static boolean isOpen() {
        return Object.class.getModule().isOpen("java.lang", ThreadSnapshots.class.getModule());
    }

    /// What `thread` waits for and holds; null if that is not known.
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

    /// Who owns `lock`; null if nobody does, or if that is not known.
    static @Nullable Thread ownerOf(AbstractOwnableSynchronizer lock) {
        ThreadSnapshots snapshots = usable();
        try {
            return snapshots == null ? null : (Thread) snapshots.owner.invokeExact(lock);
        } catch (Throwable unsupported) {
            return null;
        }
    }

    /// What it does belongs to the virtual thread that it runs.
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
            var _ = thread.getStackTrace(); // resubmits it, if need be
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

    /// Looks at threads of which all is known.
    private static final class Trial implements Runnable {

        private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

        private static final long LOOK = TimeUnit.MICROSECONDS.toNanos(100);

        private final ThreadSnapshots tried;
        private final Object wanted = new Object();
        private final BlockingQueue<Runnable> ready = new LinkedBlockingQueue<>();
        private volatile @Nullable Throwable failure = new TimeoutException();

        Trial(ThreadSnapshots tried) {
            this.tried = tried;
        }

        /// False if there was not enough time.
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
                look(Trial::platform);
                look(this::virtual);
                failure = null;
            } catch (Throwable thrown) {
                failure = thrown;
            }
        }

        /// Has a carrier of its own where that can be: the others may be busy.
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
                // by nobody that we know of
            }
        }

        /// Each thread holds a monitor of its own: the first may still have to leave its own when the second begins.
        private void look(Function<Runnable, Thread> maker) throws Throwable {
            Object held = new Object();
            Thread thread = maker.apply(() -> enterBoth(held));
            synchronized (wanted) {
                thread.start();
                // On its way it may have to wait for the lock of a class loader.
                for (long start = System.nanoTime(); !isSeen(thread, held); ) {
                    if (System.nanoTime() - start > PATIENCE) {
                        throw new TimeoutException();
                    }
                    LockSupport.parkNanos(this, LOOK);
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
