package gofer.runtime;

import gofer.goroutine.FatalError;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where goroutines run that somebody controls, one at a time: a scheduler and a clock of their own. Those that they start,
/// plain virtual threads included, run there too. The real world is none of these.
///
/// A subclass runs its goroutines on one [Runner].
public abstract class World extends WorkerlessPool {

    private static final Set<String> JVM_GROUPS = Set.of("system", "InnocuousThreadGroup", "CarrierThreads");

    private static final String UNBLOCKER = "VirtualThread-unblocker"; // tells of monitors that have been left

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
            if (here != null && Thread.currentThread().isVirtual()) {
                here.step(operation, object);
            }
        }
    }

    private static void checkHome(Operation operation, Object object, @Nullable World here) {
        switch (object) {
            case ChanCore chan when chan.world instanceof World home && home != here -> {
                home.strange(Thread.currentThread());
                throw new FatalError("channel of a bubble is used outside of it: " + chan);
            }
            case FuncTimer timer when timer.world != null && timer.world != here ->
                    throw new FatalError("timer of a bubble is used outside of it");
            case WaitGroupCore group when operation == Operation.ADD -> group.enter(here);
            case Op[] ops -> {
                for (Op op : ops) {
                    checkHome(operation, op.core(), here);
                }
            }
            default -> {}
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
    protected abstract int choose(int options);

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

    /// `thread`, which is none of this world, has tried to use a channel of it.
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

    /// What `threads` of a world wait for, who is in the way, where they are: a text in the style of Go's dumps, but with
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

    /// Whether somebody who is in the world of the current thread, or like that in none, is carried by `thread`.
    static boolean isOfSame(Thread thread) {
        return worldOf(thread) == find();
    }

    static boolean isAny() {
        return any;
    }

    /// Where in the program the current goroutine is.
    protected static StackTraceElement site() {
        return Sites.walk();
    }

    /// Whether `goroutine`, which as far as is known here is not ready, waits for something that somebody outside of its world
    /// could bring about, or has just done.
    protected final boolean waitsForOutside(G goroutine) {
        if (goroutine.thread().getState() == Thread.State.RUNNABLE) {
            return true; // who has woken it is about to say so
        }
        Sleeper sleeper = goroutine.sleeper();
        if (sleeper != null) {
            return sleeper.waits().stream().anyMatch(wait -> isOutside(wait));
        }
        return waitsForOutside(goroutine.thread());
    }

    private boolean isOutside(Wait wait) {
        return switch (wait.target()) {
            case ChanCore chan -> chan.world != this;
            case WaitGroupCore group -> !group.isOf(this);
            default -> wait.blockers().stream().anyMatch(holder -> livesOutside(holder));
        };
    }

    /// Whether the thread that holds a lock as `holder` lives, and is none of this world.
    private boolean livesOutside(long holder) {
        if (platformThreads().anyMatch(thread -> MutexCore.holderId(thread) == holder)) {
            return true;
        }
        Boolean found =
                Goroutines.lookUnlessSearched(() ->
                        Goroutines.all().stream().anyMatch(g -> g.holderId() == holder && worldOf(g.thread()) != this));
        return found == null || found; // it is not known yet: asked again soon
    }

    /// Whether `thread`, not of a goroutine of ours that sleeps, waits for I/O or a monitor, or no longer.
    protected static boolean waitsForOutside(Thread thread) {
        return Foreign.isOutside(thread);
    }

    /// Whether `goroutine` waits for something that is none of Gofer's, without a limit: a lock of the JDK's, the end of a
    /// thread.
    protected static boolean waitsForForeign(G goroutine) {
        return goroutine.sleeper() == null && goroutine.thread().getState() == Thread.State.WAITING;
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
