package gofer.runtime.base;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle.AccessMode;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import jdk.internal.vm.ThreadContainer;
import jdk.internal.vm.ThreadContainers;
import org.jspecify.annotations.Nullable;

/// Internals of the JDK that the scheduler and worlds need. For those of diagnostics see [ThreadSnapshots] and
/// [JdkIdle].
///
/// Needs the package `java.lang` open to this module. Everything is tested when the class is loaded. If that fails, the
/// failure is the [#obstacle], and no other method of this class may be called.
public final class JdkHooks {

    /// The constant of this name in [Thread].
    private static final int NO_INHERIT_THREAD_LOCALS = 1 << 2;

    private static final @Nullable MethodHandle NEW_VIRTUAL_THREAD;
    private static final @Nullable MethodHandle CURRENT_CARRIER;
    private static final @Nullable MethodHandle START;
    private static final @Nullable MethodHandle INHERITABLE_THREAD_LOCALS;
    private static final @Nullable MethodHandle SCHEDULER;
    private static final @Nullable MethodHandle UNPARK;
    private static final @Nullable MethodHandle TURN;
    private static final @Nullable Throwable OBSTACLE;

    static {
        MethodHandle maker = null;
        MethodHandle carrier = null;
        MethodHandle start = null;
        MethodHandle inheritable = null;
        MethodHandle scheduler = null;
        MethodHandle unpark = null;
        MethodHandle turn = null;
        Throwable obstacle = null;
        try {
            var lookup = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
            Class<?> builders = lookup.findClass("java.lang.ThreadBuilders");
            maker =
                    lookup.findStatic(
                            builders,
                            "newVirtualThread",
                            MethodType.methodType(
                                    Thread.class, Executor.class, String.class, int.class, Runnable.class));
            carrier = lookup.findStatic(Thread.class, "currentCarrierThread", MethodType.methodType(Thread.class));
            open("jdk.internal.vm");
            start =
                    lookup.findVirtual(Thread.class, "start", MethodType.methodType(void.class, ThreadContainer.class))
                            .asType(MethodType.methodType(void.class, Thread.class, Object.class));
            inheritable =
                    lookup.findGetter(
                                    Thread.class,
                                    "inheritableThreadLocals",
                                    lookup.findClass("java.lang.ThreadLocal$ThreadLocalMap"))
                            .asType(MethodType.methodType(Object.class, Thread.class));
            Class<?> virtual = lookup.findClass("java.lang.VirtualThread");
            var inside = MethodHandles.privateLookupIn(virtual, MethodHandles.lookup());
            scheduler =
                    inside.findGetter(virtual, "scheduler", Executor.class)
                            .asType(MethodType.methodType(Executor.class, Thread.class));
            unpark = unparking(inside, virtual);
            turn =
                    inside.findGetter(virtual, "runContinuation", Runnable.class)
                            .asType(MethodType.methodType(Runnable.class, Thread.class));
            new Trial(carrier, unpark, turn).run(maker);
        } catch (Throwable refused) {
            obstacle = refused;
        }
        NEW_VIRTUAL_THREAD = maker;
        CURRENT_CARRIER = carrier;
        START = start;
        INHERITABLE_THREAD_LOCALS = inheritable;
        SCHEDULER = scheduler;
        UNPARK = unpark;
        TURN = turn;
        OBSTACLE = obstacle;
    }

    private JdkHooks() {}

    /// Returns a method handle that changes the state of a thread from parked to unparked, and returns whether it was
    /// parked.
    private static MethodHandle unparking(MethodHandles.Lookup inside, Class<?> virtual)
            throws ReflectiveOperationException {
        MethodHandle change =
                inside.findVarHandle(virtual, "state", int.class).toMethodHandle(AccessMode.COMPARE_AND_SET);
        Object parked = inside.findStaticVarHandle(virtual, "PARKED", int.class).get();
        Object unparked = inside.findStaticVarHandle(virtual, "UNPARKED", int.class).get();
        return MethodHandles.insertArguments(change, 1, parked, unparked)
                .asType(MethodType.methodType(boolean.class, Thread.class));
    }

    /// Returns why this class cannot be used; null if it can.
    public static @Nullable Throwable obstacle() {
        return OBSTACLE;
    }

    /// Returns a new virtual thread, not started, that `scheduler` runs.
    @SuppressWarnings("NullAway") // there is no obstacle
    public static Thread newVirtualThread(Executor scheduler, String name, Runnable body, boolean inherits) {
        try {
            int characteristics = inherits ? 0 : NO_INHERIT_THREAD_LOCALS;
            return (Thread) NEW_VIRTUAL_THREAD.invokeExact(scheduler, name, characteristics, body);
        } catch (Throwable thrown) {
            throw unchecked(thrown);
        }
    }

    /// Starts `thread` without adding it to the JDK's set of all threads. `container`, a ThreadContainer, lists it
    /// instead.
    @SuppressWarnings("NullAway") // there is no obstacle
    public static void start(Thread thread, Object container) {
        try {
            START.invokeExact(thread, container);
        } catch (Throwable thrown) {
            throw unchecked(thrown);
        }
    }

    /// Returns whether a thread created by the current thread would inherit something that a Gofer carrier does not
    /// have.
    @SuppressWarnings("NullAway") // there is no obstacle
    public static boolean hasInheritableState() {
        try {
            Thread current = Thread.currentThread();
            return (Object) INHERITABLE_THREAD_LOCALS.invokeExact(current) != null
                    || current.getContextClassLoader() != ClassLoader.getSystemClassLoader();
        } catch (Throwable thrown) {
            throw unchecked(thrown);
        }
    }

    /// Returns the scheduler of `thread`, a virtual thread.
    @SuppressWarnings("NullAway") // there is no obstacle
    public static Executor schedulerOf(Thread thread) {
        try {
            return (Executor) SCHEDULER.invokeExact(thread);
        } catch (Throwable thrown) {
            throw unchecked(thrown);
        }
    }

    /// Returns the task that is submitted to the scheduler of `thread`, a virtual thread, whenever the thread can
    /// continue.
    @SuppressWarnings("NullAway") // there is no obstacle
    public static Runnable turnOf(Thread thread) {
        try {
            return (Runnable) TURN.invokeExact(thread);
        } catch (Throwable thrown) {
            throw unchecked(thrown);
        }
    }

    /// Unparks `thread`, a virtual thread, if it is parked without a deadline. Returns the task that the caller must
    /// then submit to the thread's scheduler. Returns null if the thread is not parked, is not fully parked yet, or if
    /// another thread is inspecting its stack. The caller then unparks it in the normal way.
    ///
    /// This saves the permit, which costs an atomic operation and a fence.
    @SuppressWarnings("NullAway") // there is no obstacle
    public static @Nullable Runnable unpark(Thread thread) {
        try {
            Runnable turn = (Runnable) TURN.invokeExact(thread); // before the change, which cannot be undone
            return (boolean) UNPARK.invokeExact(thread) ? turn : null;
        } catch (Throwable thrown) {
            throw unchecked(thrown);
        }
    }

    /// Returns the virtual threads that the JDK keeps in sets: those that are not goroutines. Each executor has its own
    /// set.
    public static Stream<Thread> trackedThreads() {
        return threadsOf(ThreadContainers.root()).filter(Thread::isVirtual);
    }

    /// Removes `thread`, a virtual thread that has started and never runs again, from the set that the JDK keeps it in. The set
    /// would keep the thread alive, and all that its stack refers to.
    public static void untrack(Thread thread) {
        ThreadContainers.container(thread).remove(thread);
    }

    private static Stream<Thread> threadsOf(ThreadContainer container) {
        return container == GoroutineContainer.INSTANCE
                ? Stream.empty()
                : Stream.concat(container.threads(), container.children().flatMap(JdkHooks::threadsOf));
    }

    /// Starts the virtual threads that wait for I/O on behalf of all others. They run on the scheduler of the thread
    /// that first needs them, which must not be a world.
    public static void startPollers() {
        try {
            Class.forName("sun.nio.ch.Poller");
        } catch (ClassNotFoundException | LinkageError otherJdk) {
            // without it, worlds detect fewer of the waits for I/O
        }
    }

    /// Returns the [Runnable] that `task` adapts.
    static Runnable adapted(ForkJoinTask<?> task) {
        try {
            return (Runnable) Adapters.RUNNABLE.invokeExact(task);
        } catch (Throwable thrown) {
            throw unchecked(thrown);
        }
    }

    /// In its own class, loaded by worlds only, because the scheduler does not need it.
    private static final class Adapters {

        static final MethodHandle RUNNABLE = find();

        private static MethodHandle find() {
            try {
                open("java.util.concurrent");
                Class<?> adapter = Class.forName("java.util.concurrent.ForkJoinTask$AdaptedRunnableAction");
                return MethodHandles.privateLookupIn(adapter, MethodHandles.lookup())
                        .findGetter(adapter, "runnable", Runnable.class)
                        .asType(MethodType.methodType(Runnable.class, ForkJoinTask.class));
            } catch (Throwable refused) {
                throw new IllegalStateException("tasks of pools cannot be inspected", refused);
            }
        }
    }

    /// Opens a package of java.base to this module. This works for any code to which `java.lang` is open.
    public static void open(String name) throws Throwable {
        open(Object.class.getModule(), name);
    }

    /// Opens a package of `module` in the same way.
    static void open(Module module, String name) throws Throwable {
        MethodHandles.privateLookupIn(Module.class, MethodHandles.lookup())
                .findVirtual(
                        Module.class, "implAddOpens", MethodType.methodType(void.class, String.class, Module.class))
                .invokeExact(module, name, JdkHooks.class.getModule());
    }

    /// Returns whether the program has a shutdown hook; true also if that cannot be determined.
    public static boolean programHasShutdownHooks() {
        try {
            var hooks = (Map<?, ?>) field("java.lang.ApplicationShutdownHooks", "hooks");
            return hooks == null || hooks.keySet().stream().anyMatch(hook -> !isOfJdk(hook.getClass()));
        } catch (Throwable unknown) {
            return true;
        }
    }

    /// Returns whether the program handles a signal; true also if that cannot be determined.
    public static boolean programHandlesSignals() {
        try {
            open("jdk.internal.misc");
            var handlers = (Map<?, ?>) Objects.requireNonNull(field("jdk.internal.misc.Signal", "handlers"));
            for (Object handler : handlers.values()) {
                boolean isOfJdk = handler.getClass().getName().startsWith("java.lang.");
                if (!isOfJdk && JvmSignal.hasEffect(handler)) {
                    return true;
                }
            }
            return false;
        } catch (Throwable unknown) {
            return true;
        }
    }

    /// Returns whether a hook belongs to the JDK, whose hooks have classes of their own. A hook of class Thread belongs
    /// to the program.
    private static boolean isOfJdk(Class<?> hook) {
        return hook != Thread.class && hook.getClassLoader() == null;
    }

    private static @Nullable Object field(String type, String name) throws ReflectiveOperationException {
        Field field = Class.forName(type).getDeclaredField(name);
        field.setAccessible(true);
        return field.get(null);
    }

    /// Returns the carrier of the current virtual thread.
    @SuppressWarnings("NullAway") // there is no obstacle
    public static Thread currentCarrier() {
        try {
            return (Thread) CURRENT_CARRIER.invokeExact();
        } catch (Throwable thrown) {
            throw unchecked(thrown);
        }
    }

    /// Throws `thrown`, for example an [OutOfMemoryError], without declaring it.
    private static AssertionError unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException refused) {
            throw refused;
        }
        return new AssertionError(thrown); // none of the methods called here declares an exception
    }

    /// In its own class, because its other threads must not wait for the initialization of JdkHooks, which waits for
    /// them.
    private static final class Trial {

        private static final long PATIENCE_SECONDS = 10;

        private final BlockingQueue<Runnable> ready = new ArrayBlockingQueue<>(1);
        private final MethodHandle currentCarrier;
        private final MethodHandle unpark;
        private final MethodHandle turn;
        private volatile @Nullable Thread seen;
        private volatile @Nullable Throwable failure;

        Trial(MethodHandle currentCarrier, MethodHandle unpark, MethodHandle turn) {
            this.currentCarrier = currentCarrier;
            this.unpark = unpark;
            this.turn = turn;
        }

        /// Runs a thread that parks twice, on a scheduler that is a queue.
        void run(MethodHandle maker) throws Throwable {
            Executor scheduler = ready::add;
            Thread thread = (Thread) maker.invokeExact(scheduler, "", 0, (Runnable) this::parkTwice);
            Thread carrier =
                    new Thread(() -> {
                        thread.start();
                        ready.remove().run();
                        LockSupport.unpark(thread);
                        ready.remove().run();
                        resume(thread);
                    });
            carrier.setDaemon(true);
            carrier.setUncaughtExceptionHandler((_, thrown) -> failure = thrown);
            carrier.start();
            carrier.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            if (failure != null) {
                throw failure;
            }
            if (seen != carrier) {
                throw new IllegalStateException("virtual threads do not run on the given scheduler");
            }
        }

        private void resume(Thread parked) {
            try {
                if ((boolean) unpark.invokeExact(parked)) {
                    ((Runnable) turn.invokeExact(parked)).run();
                }
            } catch (Throwable thrown) {
                failure = thrown;
            }
        }

        private void parkTwice() {
            LockSupport.park();
            LockSupport.park();
            try {
                seen = (Thread) currentCarrier.invokeExact();
            } catch (Throwable thrown) {
                failure = thrown;
            }
        }
    }
}
