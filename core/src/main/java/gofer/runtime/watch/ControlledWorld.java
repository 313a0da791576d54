package gofer.runtime.watch;

import gofer.runtime.base.Frames;
import gofer.runtime.base.JdkHooks;
import gofer.runtime.chan.ChanCore;
import gofer.runtime.goroutine.G;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.lock.RWMutexCore;
import gofer.runtime.lock.WaitGroupCore;
import gofer.runtime.lock.WeightedCore;
import gofer.runtime.park.CallSites;
import gofer.runtime.park.EndSource;
import gofer.runtime.park.Fiber;
import gofer.runtime.park.HolderId;
import gofer.runtime.park.Sleeper;
import gofer.runtime.park.Timers;
import gofer.runtime.park.WaitEdge;
import gofer.runtime.park.World;
import gofer.runtime.sched.Scheduling;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A world that a tool controls, and what that tool may ask: what its goroutines wait for, and what may come from outside.
public abstract class ControlledWorld extends World {

    private static final Set<String> JVM_GROUPS = Set.of("system", "InnocuousThreadGroup", "CarrierThreads");

    private static final String POLLER =
            "Poller"; // of the JDK: "Read-Poller" or, from JDK 27 on, "SubPoller-0" and the like

    private static final String UNBLOCKER = "VirtualThread-unblocker"; // tells of monitors that have been left

    private final OutsideLinks outside = new OutsideLinks();

    /// A world without goroutines. Throws [IllegalStateException] if the JVM does not let us have a scheduler of our own, or if
    /// this JDK does not leave virtual threads to a world.
    protected ControlledWorld() {
        if (!Scheduling.isOurs()) {
            throw new IllegalStateException(
                    "the JVM has to be started with --add-opens=java.base/java.lang="
                            + (ControlledWorld.class.getModule().isNamed()
                                    ? ControlledWorld.class.getModule().getName()
                                    : "ALL-UNNAMED"),
                    Scheduling.obstacle());
        }
        if (!isAny()) {
            WorldSelfTest.run();
            JdkHooks.startPollers();
            arise();
        }
    }

    /// A run is over: its goroutines are no more.
    protected final void forgetGoroutines() {
        outside.clear();
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

    /// Where in the program the current goroutine is.
    protected static StackTraceElement site() {
        return CallSites.walk();
    }

    /// Whether `thread`, a virtual one of this world which as far as is known here is not ready, waits for something that
    /// somebody outside could bring about, or has just done.
    protected final boolean waitsForOutside(Thread thread) {
        if (thread.getState() == Thread.State.RUNNABLE) {
            return true; // it has been woken; the waker is about to tell this world
        }
        return LockSupport.getBlocker(thread) instanceof Sleeper sleeper
                ? !isWatching(thread) && isOutside(sleeper)
                : ExternalBlocker.isOutside(thread);
    }

    /// Whether `thread`, which waits for something of its own world, may be woken from outside all the same: its wait be called
    /// off by a context that somebody outside may end, for example.
    protected final boolean mayBeWokenFromOutside(Thread thread) {
        return LockSupport.getBlocker(thread) instanceof Sleeper sleeper
                && (outside.mayEndOutside(sleeper, this) || isWatching(thread) && isOutside(sleeper));
    }

    private static boolean isWatching(Thread thread) {
        return thread.getUncaughtExceptionHandler() instanceof G g && g.isWatching();
    }

    private boolean isOutside(Sleeper sleeper) {
        return sleeper.waits().stream().anyMatch(wait -> isOutside(wait));
    }

    /// Whether a function is to run here when something outside ends.
    protected final boolean mayBeEnteredFromOutside() {
        return outside.isExpected();
    }

    /// Nanoseconds of real time until the last moment at which the real clock is known to wake one of `threads`, or to start
    /// one; 0 if it is known of none.
    protected final long leftByRealClock(Stream<Thread> threads) {
        long latest =
                threads.mapToLong(t -> LockSupport.getBlocker(t) instanceof Sleeper sleeper ? outside.due(sleeper) : 0)
                        .max()
                        .orElse(0);
        return Math.max(0, Math.max(latest, outside.expected()) - Timers.realNow());
    }

    /// A function is to run here when `ending` comes.
    @Override
    public final void expect(EndSource ending) {
        outside.expect(ending);
    }

    /// That has come, or the function is not to run. From anywhere.
    @Override
    public final void expectNoLonger(EndSource ending) {
        outside.expectNoLonger(ending);
    }

    private boolean isOutside(WaitEdge wait) {
        return switch (wait.target()) {
            case ChanCore chan -> chan.world != this;
            case WaitGroupCore group -> !group.isOf(this);
            case WeightedCore semaphore -> semaphore.taken() > outside.held(semaphore);
            case RWMutexCore mutex when mutex.readers() > 1 -> mutex.readers() > outside.held(mutex);
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
    protected static boolean waitsForExternal(G goroutine) {
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

    /// Lets the garbage collector have the plain virtual threads of this world, which never run again.
    protected final void abandonPlainThreads() {
        plainThreads().forEach(JdkHooks::untrack);
    }

    @Override
    public final void callsOff(@Nullable EndSource ending, Sleeper sleeper) {
        outside.calledOffBy(sleeper, ending);
    }

    @Override
    public final void onAcquired(Object lock, long count) {
        outside.acquired(lock, count);
    }

    @Override
    public final void due(Sleeper sleeper, long time) {
        outside.due(sleeper, time);
    }

    @Override
    public final void starts(Fiber goroutine) {
        starts((G) goroutine);
    }

    @Override
    public final void ends(Fiber goroutine) {
        ends((G) goroutine);
    }

    @Override
    public final void panic(Fiber goroutine, Throwable thrown) {
        panic((G) goroutine, thrown);
    }

    /// A goroutine is about to be submitted for the first time, by the current thread.
    protected abstract void starts(G goroutine);

    /// The current goroutine has ended.
    protected abstract void ends(G goroutine);

    /// An exception has left the body of `goroutine`.
    protected abstract void panic(G goroutine, Throwable thrown);
}
