package gofer.runtime.watch;

import gofer.runtime.base.JdkIdle;
import gofer.runtime.park.Sleeper;
import gofer.runtime.sched.Scheduling;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The platform threads that do not belong to Gofer, and whether one of them could still wake a goroutine.
final class ExternalThreads {

    /*
     * A thread counts as able to wake a goroutine unless it is known not to be. It is not able if
     *   - it sleeps in a Gofer wait, without a deadline
     *   - it belongs to the JVM and runs no code of the program (it has no Java frames, and a name that the JVM assigns)
     *   - all its frames belong to the JDK, and one of them is a place where JDK threads wait for work that only
     *     another thread can give: the idle worker of a pool, a timer without a task, a cleaner, the threads that wait
     *     for I/O on behalf of virtual threads (those virtual threads are inspected themselves)
     *
     * With a single frame of other code, a thread may do anything. So the stack of a thread decides, not its name or
     * group: an idle worker of a pool of the program is as harmless as one of the JDK.
     *
     * The stacks of all threads are taken while the JVM has stopped them once. A worker that has just been given work
     * may still appear where it waits for work. So each inspection records how many times each thread has waited. If
     * two inspections are equal, no thread has run in between.
     */

    /// JVM threads without Java frames, unless they run code of the program.
    private static final Set<String> JVM =
            Set.of(
                    "Attach Listener",
                    "DestroyJavaVM",
                    "JFR Recorder Thread",
                    "JFR Sampler Thread",
                    "Notification Thread",
                    "Service Thread",
                    "Signal Dispatcher");

    /// Methods in which threads of the JDK wait. For the program, these threads only run finalizers and cleaners after a
    /// collection, and make virtual threads ready.
    private static final Set<String> QUIET =
            Set.of(
                    "com.sun.jmx.remote.internal.ServerCommunicatorAdmin$Timeout.run",
                    "java.lang.VirtualThread.takeVirtualThreadListToUnblock",
                    "java.lang.ref.Reference.waitForReferencePendingList",
                    "jdk.jfr.internal.PlatformRecorder.takeNap",
                    "sun.management.jmxremote.LocalRMIServerSocketFactory$1.accept",
                    "sun.net.www.http.KeepAliveCache.run",
                    "sun.nio.ch.Poller.pollerLoop",
                    "sun.rmi.transport.GC$Daemon.run");

    /// The method in which a cleaner waits until an object has been collected. A cleaner that has just been notified is
    /// blocked for a moment.
    private static final String QUEUE = "java.lang.ref.ReferenceQueue.remove";

    /// The method in which a worker waits for a task. It may wait with a timeout, after which it ends.
    private static final String POOL = "java.util.concurrent.ThreadPoolExecutor.getTask";

    /// Queues without delayed tasks: a worker that waits for one of these with a timeout has no work.
    private static final Set<String> PLAIN_QUEUES =
            Set.of(
                    "java.util.concurrent.ArrayBlockingQueue.poll",
                    "java.util.concurrent.LinkedBlockingDeque.poll",
                    "java.util.concurrent.LinkedBlockingQueue.poll",
                    "java.util.concurrent.LinkedTransferQueue.poll",
                    "java.util.concurrent.PriorityBlockingQueue.poll",
                    "java.util.concurrent.SynchronousQueue.poll");

    /// Methods in which a thread that waits without a timeout waits for work. With a timeout, it has work that is due
    /// later.
    private static final Set<String> IDLE =
            Set.of(
                    POOL,
                    "java.util.TimerThread.mainLoop",
                    "java.util.concurrent.DelayScheduler.loop",
                    "sun.nio.ch.EPollPort$EventHandlerTask.run",
                    "sun.nio.ch.KQueuePort$EventHandlerTask.run");

    private static final String FORK_JOIN = "java.util.concurrent.ForkJoinPool.awaitWork";

    /// The group of the JDK's carriers. The virtual threads that they run are inspected instead.
    private static final String CARRIERS = "CarrierThreads";

    /// Timers of the JDK that end recordings and remote references and wake virtual threads. By their stacks they could
    /// be timers of the program.
    private static final Set<String> TIMERS =
            Set.of("JFR Recording Scheduler", "RMI Scheduler(0)", "VirtualThread-unparker");

    /// The wakeup source of an HTTP client. Only on Gofer's scheduler it is known whether the client has work.
    static final String HTTP = "an answer to an HTTP request or a message for a web socket";

    /// The prefix of the names of Gofer's own threads.
    static final String OURS = "gofer ";

    /// The modules of the JDK. Their code calls code of the program in known places only.
    private static final Set<String> JDK_MODULES =
            ModuleLayer.boot().modules().stream()
                    .filter(module ->
                            module.getClassLoader() == null
                                    || module.getClassLoader() == ClassLoader.getPlatformClassLoader())
                    .map(Module::getName)
                    .collect(Collectors.toUnmodifiableSet());

    private enum Kind {
        /// It cannot wake any goroutine.
        QUIET,
        /// It sleeps in a Gofer wait.
        SLEEPS,
        /// It waits for work.
        IDLE,
        /// It may be waiting for a response.
        HTTP_CLIENT,
        /// It may wake a goroutine.
        AWAKE
    }

    /// A thread that could not wake a goroutine, and the number of times that it had waited until then.
    private record Idle(long id, long waits) {}

    private static volatile long awake; // id of the thread that was able to wake a goroutine at the last inspection

    private ExternalThreads() {}

    /// Returns the waits of the threads, or null if a thread could wake a goroutine.
    ///
    /// @param known threads that cannot wake a goroutine
    /// @param uncertain receives the wakeup sources that can be neither found nor excluded
    static @Nullable List<Object> inspect(Set<Thread> known, Set<String> uncertain) {
        List<Thread> threads = new ArrayList<>();
        for (Thread thread : platformThreads()) {
            if (!known.contains(thread) && !isOurs(thread)) {
                if (thread.threadId() == awake && isStillAwake(thread)) { // no need to stop all threads
                    return null;
                }
                threads.add(thread);
            }
        }
        long[] ids = threads.stream().mapToLong(Thread::threadId).toArray();
        ThreadInfo[] infos = ManagementFactory.getThreadMXBean().getThreadInfo(ids, Integer.MAX_VALUE);
        if (Arrays.stream(infos).filter(ExternalThreads::pollsAsyncChannels).count() > 1) {
            return null; // each group of asynchronous channels has one, and only the default group can be inspected
        }
        List<Object> waits = new ArrayList<>();
        for (int i = 0; i < infos.length; i++) {
            ThreadInfo info = infos[i];
            if (info == null) { // it has just ended
                return null;
            }
            switch (kind(threads.get(i), info.getStackTrace(), info.getThreadState())) {
                case QUIET -> {}
                case SLEEPS -> {
                    if (!(LockSupport.getBlocker(threads.get(i)) instanceof Sleeper sleeper)) {
                        return null;
                    }
                    waits.add(new SleepingWait(sleeper, sleeper.sleep()));
                }
                case IDLE -> waits.add(new Idle(ids[i], info.getWaitedCount()));
                case HTTP_CLIENT -> uncertain.add(HTTP);
                case AWAKE -> {
                    awake = ids[i];
                    return null;
                }
            }
        }
        return waits;
    }

    private static boolean pollsAsyncChannels(@Nullable ThreadInfo info) {
        return info != null
                && Arrays.stream(info.getStackTrace())
                        .anyMatch(frame -> method(frame).endsWith(JdkIdle.ASYNC_CHANNELS));
    }

    private static boolean isStillAwake(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return kind(thread, stack, thread.getState()) == Kind.AWAKE;
    }

    private static Kind kind(Thread thread, StackTraceElement[] stack, Thread.State state) {
        if (LockSupport.getBlocker(thread) instanceof Sleeper sleeper) {
            return sleeper.sleepsForever() ? Kind.SLEEPS : Kind.AWAKE;
        }
        if (stack.length == 0) {
            return JVM.contains(thread.getName()) ? Kind.QUIET : Kind.AWAKE;
        }
        if (!isOfJdk(stack)) {
            return Kind.AWAKE;
        }
        List<String> methods = Arrays.stream(stack).map(ExternalThreads::method).toList();
        if (isQuiet(thread, methods, state)) {
            return Kind.QUIET;
        }
        if (methods.contains(JdkIdle.HTTP_CLIENT)) {
            return !Scheduling.isOurs() ? Kind.HTTP_CLIENT : JdkIdle.isHttpClientIdle(thread) ? Kind.QUIET : Kind.AWAKE;
        }
        return isIdle(thread, methods, state) ? Kind.IDLE : Kind.AWAKE;
    }

    /// Returns the pool that runs the JDK's virtual threads, or null if it has no thread at present.
    static @Nullable ForkJoinPool virtualThreadsPool() {
        for (Thread thread : platformThreads()) {
            if (thread instanceof ForkJoinWorkerThread worker && isCarrier(thread)) {
                return worker.getPool();
            }
        }
        return null;
    }

    /// Returns all live platform threads.
    static List<Thread> platformThreads() {
        ThreadGroup all = Scheduling.systemGroup();
        Thread[] threads =
                new Thread[2 * all.activeCount() + 16]; // some spare room, because threads may be added meanwhile
        return Arrays.asList(threads).subList(0, all.enumerate(threads));
    }

    private static boolean isOurs(Thread thread) {
        return thread.getName().startsWith(OURS) && thread.getThreadGroup() == Scheduling.systemGroup();
    }

    private static boolean isCarrier(Thread thread) {
        return thread.getThreadGroup() instanceof ThreadGroup group
                && group.getName().equals(CARRIERS)
                && group.getParent() == Scheduling.systemGroup();
    }

    private static boolean isQuiet(Thread thread, List<String> methods, Thread.State state) {
        return isCarrier(thread)
                || TIMERS.contains(thread.getName())
                || methods.stream().anyMatch(QUIET::contains)
                || methods.contains(QUEUE) && state != Thread.State.BLOCKED;
    }

    private static boolean isIdle(Thread thread, List<String> methods, Thread.State state) {
        if (methods.stream().anyMatch(JdkIdle.REMOTE_CALLS::contains) && !methods.contains(POOL)) {
            return Scheduling.isOurs() && JdkIdle.areNoObjectsExported();
        }
        return switch (state) {
            case WAITING -> methods.stream().anyMatch(IDLE::contains) || isIdleInPool(thread, methods);
            case TIMED_WAITING ->
                    methods.contains(POOL) && methods.stream().anyMatch(PLAIN_QUEUES::contains)
                            || isIdleInPool(thread, methods);
            case RUNNABLE ->
                    methods.stream().anyMatch(method -> method.endsWith(JdkIdle.ASYNC_CHANNELS))
                            && Scheduling.isOurs()
                            && JdkIdle.areNoAsyncChannelsOpen();
            default -> false;
        };
    }

    private static boolean isIdleInPool(Thread thread, List<String> methods) {
        return methods.contains(FORK_JOIN)
                && thread instanceof ForkJoinWorkerThread worker
                && worker.getPool() instanceof ForkJoinPool pool
                && pool.isQuiescent()
                && !pool.hasQueuedSubmissions()
                && pool.getDelayedTaskCount() == 0;
    }

    static boolean isIn(String method, StackTraceElement[] stack) {
        return Arrays.stream(stack).anyMatch(frame -> method(frame).equals(method));
    }

    static boolean isHttpClient(StackTraceElement[] stack) {
        return isOfJdk(stack) && isIn(JdkIdle.HTTP_CLIENT, stack);
    }

    static boolean isOfJdk(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .allMatch(frame -> frame.getModuleName() instanceof String module && JDK_MODULES.contains(module));
    }

    static String method(StackTraceElement frame) {
        return frame.getClassName() + '.' + frame.getMethodName();
    }
}
