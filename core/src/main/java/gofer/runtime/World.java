package gofer.runtime;

import gofer.goroutine.Cancellation;
import gofer.goroutine.FatalError;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import jdk.internal.vm.Continuation;
import org.jspecify.annotations.Nullable;

/// Where goroutines run that somebody controls, one at a time: a scheduler and a clock of their own. Those that they start,
/// plain virtual threads included, run there too. The real world is none of these.
///
/// A subclass runs its goroutines on one [Runner].
public abstract class World extends WorkerlessPool {

    private static final Set<String> JVM_GROUPS = Set.of("system", "InnocuousThreadGroup", "CarrierThreads");

    private static final String POLLER =
            "Poller"; // of the JDK: "Read-Poller" or, from JDK 27 on, "SubPoller-0" and the like

    private static final String UNBLOCKER = "VirtualThread-unblocker"; // tells of monitors that have been left

    /// The object of operations that concern the clock.
    public static final Object CLOCK = "the clock";

    /// The object of an operation that concerns all goroutines.
    public static final Object GOROUTINES = "all goroutines";

    private final Ties ties = new Ties();

    private static boolean any; // written before the first goroutine of the first world starts: others need not see it

    /// A world without goroutines. Throws [IllegalStateException] if the JVM does not let us have a scheduler of our own, or if
    /// this JDK does not leave virtual threads to a world.
    protected World() {
        if (!Scheduling.isOurs()) {
            throw new IllegalStateException(
                    "the JVM has to be started with --add-opens=java.base/java.lang="
                            + (World.class.getModule().isNamed() ? World.class.getModule().getName() : "ALL-UNNAMED"),
                    Scheduling.obstacle());
        }
        if (!any) {
            WorldTrial.run();
            JdkHooks.startPollers();
            arise();
        }
    }

    private static void arise() {
        any = true;
    }

    /// Whether there has been a world.
    public static boolean isAny() {
        return any;
    }

    /// The world of the current thread; null if that is the real one. Costs nothing until there is a world.
    public static @Nullable World current() {
        return any ? find() : null;
    }

    private static @Nullable World find() {
        return worldOf(Thread.currentThread());
    }

    private static @Nullable World worldOf(Thread thread) {
        if (thread.isVirtual()) {
            return JdkHooks.schedulerOf(thread) instanceof World world ? world : null;
        }
        return thread instanceof Runner runner ? runner.world : null;
    }

    /// The current goroutine is about to carry out `operation` on `object`: another may go first.
    ///
    /// Throws a [FatalError] if the object belongs to a world that the caller is not in; anybody may look at it.
    public static void before(Operation operation, Object object) {
        if (any) {
            World here = find();
            if (operation != Operation.LOOK) {
                checkHome(operation, object, here);
            }
            if (here != null && Thread.currentThread().isVirtual() && !isOperating()) {
                here.step(operation, object);
            }
        }
    }

    private static boolean isOperating() {
        return G.current() instanceof G goroutine && goroutine.operating;
    }

    private static void checkHome(Operation operation, Object object, @Nullable World here) {
        switch (object) {
            case DoneChan _ when operation == Operation.CLOSE -> {} // who ends a context has been asked before
            case ChanCore chan when chan.world != null && chan.world != here ->
                    throw strange(chan.world, chan.role(), ": " + chan);
            case FuncTimer timer when timer.world != null && timer.world != here ->
                    throw strange(timer.world, "timer", "");
            case WaitGroupCore group when operation == Operation.ADD -> group.enter(here);
            case Op[] ops -> {
                for (Op op : ops) {
                    checkHome(operation, op.core(), here);
                }
            }
            default -> {}
        }
    }

    private static FatalError strange(World home, String what, String which) {
        home.strange(Thread.currentThread());
        return new FatalError(what + " of a bubble is used outside of it" + which);
    }

    /// The current thread is about to use a `what` that was made in `home`. Throws a [FatalError] if that is a world that the
    /// caller is not in.
    public static void enter(@Nullable World home, String what) {
        if (home != null && home != find()) {
            throw strange(home, what, "");
        }
    }

    /// Runs `task` without giving up the turn, whatever it waits for: in real time, which must be short. For locks that
    /// threads outside hold for a moment.
    public static void inOneStep(Runnable task) {
        boolean inWorld = Thread.currentThread().isVirtual() && current() != null;
        if (inWorld) {
            Continuation.pin();
        }
        try {
            task.run();
        } finally {
            if (inWorld) {
                Continuation.unpin();
            }
        }
    }

    /// The wait of `sleeper`, of the current thread, may be called off as `registration` says, or no longer if that is null.
    static void calledOffBy(Sleeper sleeper, Cancellation.@Nullable Registration registration) {
        if (any && find() instanceof World here) {
            here.ties.calledOffBy(
                    sleeper,
                    registration == null ? null : registration instanceof Ending known ? known : Ending.UNKNOWN);
        }
    }

    /// The current thread has taken `lock`, or parts of it, so often; or given them back.
    static void took(Object lock, long count) {
        if (any && find() instanceof World here) {
            here.ties.take(lock, count);
        }
    }

    /// Parks the current thread for `sleeper`, for `left` nanoseconds of its own time at most, and until `real`, a time of
    /// [Timers#realNow].
    final void park(Sleeper sleeper, long left, long real) {
        Thread thread = sleeper.thread();
        Future<?> byReal = real == Sleeper.NEVER ? null : Timers.wake(thread, real);
        Future<?> byOwn = left == Sleeper.NEVER ? null : scheduleNanos(left, () -> LockSupport.unpark(thread));
        ties.due(sleeper, real);
        LockSupport.park(sleeper);
        ties.due(sleeper, Sleeper.NEVER);
        if (byOwn != null) {
            byOwn.cancel(false);
        }
        if (byReal != null) {
            byReal.cancel(false);
        }
    }

    /// The current thread is about to wake `waiter`. Throws a [FatalError] if that is in a world that the caller is not in.
    static void beforeWaking(Waiter waiter) {
        if (any && worldOf(waiter.sleeper.thread()) instanceof World world && world != find()) {
            throw new FatalError("goroutine of a bubble is woken from outside of it");
        }
    }

    /// Likewise all of `waiters`.
    static void beforeWaking(WaitQueue waiters) {
        for (Waiter waiter = any ? waiters.first() : null; waiter != null; waiter = waiter.next) {
            beforeWaking(waiter);
        }
    }

    /// See [#before].
    protected abstract void step(Operation operation, Object object);

    /// The current goroutine lets others go first.
    protected abstract void yieldNow();

    /// Chooses one of several, from 0.
    public abstract int choose(int options);

    /// How many goroutines live in this world, as the current one may see it.
    public abstract int countGoroutines();

    /// The timer will be due at a time of this world at which nobody may wait for it.
    protected void armed(ChanTimer timer) {}

    /// A goroutine is about to be submitted for the first time, by the current thread.
    protected abstract void starts(G goroutine);

    /// The current goroutine has ended.
    protected abstract void ends(G goroutine);

    /// An exception has left the body of `goroutine`.
    protected abstract void panic(G goroutine, Throwable thrown);

    /// Nanoseconds since this world began.
    protected abstract long now();

    /// The calendar time at which it began.
    protected abstract Instant beginning();

    /// Runs what it is given in this world, from wherever that comes, as long as the run lasts that is under way now.
    public abstract Executor door();

    /// A run is over: its goroutines are no more.
    protected final void forgetGoroutines() {
        ties.clear();
    }

    /// `thread`, which is none of this world, has tried to use something of it.
    protected abstract void strange(Thread thread);

    /// Waits until no other goroutine can go on, timers included.
    protected abstract void settle();

    final Future<?> scheduleNanos(long nanos, Runnable task) {
        return schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    /// `goroutine` will never run again, and nobody needs to know of it.
    protected static void abandon(G goroutine) {
        Goroutines.remove(goroutine);
    }

    /// A dump of `threads` of a world in Go's style: where each one is, what it waits for, and what blocks it. Goroutines have
    /// numbers that are the same in each run.
    ///
    /// @param goroutines the number of each goroutine of this world, by its id
    /// @param others the numbers of its other threads, by their ids
    protected static String dump(Stream<Thread> threads, Map<Long, Integer> goroutines, Map<Long, Integer> others) {
        return new WorldDump(goroutines, others).text(threads);
    }

    /// What is given to [#execute] for `thread`, a virtual one of a world.
    protected static Runnable turnOf(Thread thread) {
        return JdkHooks.turnOf(thread);
    }

    /// `stack` without frames of Gofer and of the JDK at either end; as it is if there are no others.
    protected static StackTraceElement[] ofProgram(StackTraceElement[] stack) {
        return Frames.ofProgramAlone(stack);
    }

    /// Whether `thread` is in the same world as the current thread; also true if neither is in one.
    static boolean isOfSame(Thread thread) {
        return worldOf(thread) == find();
    }

    /// Where in the program the current goroutine is.
    protected static StackTraceElement site() {
        return Sites.walk();
    }

    /// Whether `thread`, a virtual one of this world which as far as is known here is not ready, waits for something that
    /// somebody outside could bring about, or has just done.
    protected final boolean waitsForOutside(Thread thread) {
        if (thread.getState() == Thread.State.RUNNABLE) {
            return true; // who has woken it is about to say so
        }
        return LockSupport.getBlocker(thread) instanceof Sleeper sleeper
                ? !isWatching(thread) && isOutside(sleeper)
                : Foreign.isOutside(thread);
    }

    /// Whether `thread`, which waits for something of its own world, may be woken from outside all the same: its wait be called
    /// off by a context that somebody outside may end, for example.
    protected final boolean mayBeWokenFromOutside(Thread thread) {
        return LockSupport.getBlocker(thread) instanceof Sleeper sleeper
                && (ties.mayEndOutside(sleeper, this) || isWatching(thread) && isOutside(sleeper));
    }

    private static boolean isWatching(Thread thread) {
        return thread.getUncaughtExceptionHandler() instanceof G g && g.isWatching();
    }

    private boolean isOutside(Sleeper sleeper) {
        return sleeper.waits().stream().anyMatch(wait -> isOutside(wait));
    }

    /// Whether a function is to run here when something outside ends.
    protected final boolean mayBeEnteredFromOutside() {
        return ties.isExpected();
    }

    /// Nanoseconds of real time until the last moment at which the real clock is known to wake one of `threads`, or to start
    /// one; 0 if it is known of none.
    protected final long leftByRealClock(Stream<Thread> threads) {
        long latest =
                threads.mapToLong(t -> LockSupport.getBlocker(t) instanceof Sleeper sleeper ? ties.due(sleeper) : 0)
                        .max()
                        .orElse(0);
        return Math.max(0, Math.max(latest, ties.expected()) - Timers.realNow());
    }

    /// A function is to run here when `ending` comes.
    public final void expect(Ending ending) {
        ties.expect(ending);
    }

    /// That has come, or the function is not to run. From anywhere.
    public final void expectNoLonger(Ending ending) {
        ties.expectNoLonger(ending);
    }

    private boolean isOutside(Wait wait) {
        return switch (wait.target()) {
            case ChanCore chan -> chan.world != this;
            case WaitGroupCore group -> !group.isOf(this);
            case WeightedCore semaphore -> semaphore.taken() > ties.taken(semaphore);
            case RWMutexCore mutex when mutex.readers() > 1 -> mutex.readers() > ties.taken(mutex);
            default -> wait.blockers().stream().anyMatch(holder -> livesOutside(holder));
        };
    }

    /// Whether the thread that holds a lock as `holder` lives, and is none of this world.
    private boolean livesOutside(long holder) {
        Stream<Thread> plain = JdkHooks.trackedThreads().filter(thread -> worldOf(thread) != this);
        if (Stream.concat(platformThreads(), plain).anyMatch(thread -> HolderId.of(thread) == holder)) {
            return true;
        }
        Boolean found =
                Goroutines.lookUnlessSearched(() ->
                        Goroutines.all().stream().anyMatch(g -> g.holderId() == holder && worldOf(g.thread()) != this));
        return found == null || found; // it is not known yet: asked again soon
    }

    /// Whether `goroutine` waits for something that is none of Gofer's, without a limit: a lock of the JDK's, the end of a
    /// thread.
    protected static boolean waitsForForeign(G goroutine) {
        return goroutine.sleeper() == null && goroutine.thread().getState() == Thread.State.WAITING;
    }

    /// Whether `thread` waits for the end of another.
    protected static boolean isJoining(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame ->
                        frame.getClassName().equals(Thread.class.getName()) && frame.getMethodName().equals("join"));
    }

    /// Whether a virtual thread lives that is of no world: one of this world may wait for it by means of the JDK's.
    protected static boolean isAnyThreadOutside() {
        Boolean found =
                Goroutines.lookUnlessSearched(
                        () -> Goroutines.all().stream().anyMatch(g -> g.hasThread() && worldOf(g.thread()) == null));
        return found == null
                || found
                || JdkHooks.trackedThreads()
                        .anyMatch(thread -> worldOf(thread) == null && !thread.getName().contains(POLLER));
    }

    /// The platform threads that live, but for those of the JVM.
    protected static Stream<Thread> platformThreads() {
        ThreadGroup all = Scheduling.systemGroup();
        Thread[] threads = new Thread[all.activeCount() + 64]; // it may grow meanwhile
        return Arrays.stream(threads, 0, all.enumerate(threads)).filter(thread -> !isOfJvm(thread));
    }

    private static boolean isOfJvm(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group == null || JVM_GROUPS.contains(group.getName()) || thread.getName().equals(UNBLOCKER);
    }

    /// Whether `thread` is the JVM's that makes those ready who wait for a monitor.
    protected static boolean tellsOfMonitors(Thread thread) {
        return thread.getName().equals(UNBLOCKER);
    }

    /// Virtual threads of this world that are no goroutines.
    protected final Stream<Thread> plainThreads() {
        return JdkHooks.trackedThreads()
                .filter(thread ->
                        JdkHooks.schedulerOf(thread) == this && !(thread.getUncaughtExceptionHandler() instanceof G));
    }

    /// The thread that runs the goroutines of a world.
    public static final class Runner extends Thread {

        private final World world;

        /// A thread that runs `body`.
        public Runner(World world, String name, Runnable body) {
            super(body, name);
            this.world = world;
            setDaemon(true);
        }
    }
}
