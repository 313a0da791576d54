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

/// A world that a tool controls, with the queries of that tool: what goroutines wait for, and what may wake them from
/// outside.
public abstract class ControlledWorld extends World {

    private static final Set<String> JVM_GROUPS = Set.of("system", "InnocuousThreadGroup", "CarrierThreads");

    /// In the names of JDK threads: "Read-Poller" or, from JDK 27 on, "SubPoller-0".
    private static final String POLLER = "Poller";

    private static final String UNBLOCKER = "VirtualThread-unblocker"; // makes threads ready when a monitor is released

    private final OutsideLinks outside = new OutsideLinks();

    /// Creates a world without goroutines. Throws [IllegalStateException] if the JVM does not allow custom schedulers
    /// for virtual threads, or if this JDK does not leave virtual threads to the world's control.
    protected ControlledWorld() {
        if (!Scheduling.isOurs()) {
            throw new IllegalStateException(
                    "the JVM has to be started with --add-opens=java.base/java.lang="
                            + (ControlledWorld.class.getModule().isNamed()
                                    ? ControlledWorld.class.getModule().getName()
                                    : "ALL-UNNAMED"),
                    Scheduling.obstacle());
        }
        if (!wasUsed()) {
            WorldSelfTest.run();
            JdkHooks.startPollers();
            markUsed();
        }
    }

    /// Forgets all goroutines, at the end of a run.
    protected final void forgetGoroutines() {
        outside.clear();
    }

    /// Removes `goroutine`, which will never run again, from the list of goroutines.
    protected static void abandon(G goroutine) {
        Goroutines.remove(goroutine);
    }

    /// Returns a dump of `threads` of a world in Go's style: the stack of each, what it waits for, and what blocks it.
    /// Goroutines have the same numbers in each run.
    ///
    /// @param goroutines the number of each goroutine of this world, by its id
    /// @param others the numbers of the world's other threads, by their ids
    protected static String dump(Stream<Thread> threads, Map<Long, Integer> goroutines, Map<Long, Integer> others) {
        return new WorldDump(goroutines, others).text(threads);
    }

    /// Returns the task that is passed to [#execute] for `thread`, a virtual thread of a world.
    protected static Runnable turnOf(Thread thread) {
        return JdkHooks.turnOf(thread);
    }

    /// Returns `stack` without frames of Gofer and the JDK at either end. Returns it unchanged if it has no other
    /// frames.
    protected static StackTraceElement[] ofProgram(StackTraceElement[] stack) {
        return Frames.ofProgramAlone(stack);
    }

    /// Returns the place in the program that the current goroutine executes.
    protected static StackTraceElement site() {
        return CallSites.walk();
    }

    /// Returns whether `thread` waits for an event that may come from outside of this world, or that has just come.
    /// `thread` is a virtual thread of this world that is not known to be ready.
    protected final boolean waitsForOutside(Thread thread) {
        if (thread.getState() == Thread.State.RUNNABLE) {
            return true; // it has been woken; the waker is about to submit it to this world
        }
        return LockSupport.getBlocker(thread) instanceof Sleeper sleeper
                ? !isForwarder(thread) && isOutside(sleeper)
                : ExternalBlocker.isOutside(thread);
    }

    /// Returns whether `thread` may be woken from outside although it waits for an object of its own world, for
    /// example by a context that may be cancelled from outside.
    protected final boolean mayBeWokenFromOutside(Thread thread) {
        return LockSupport.getBlocker(thread) instanceof Sleeper sleeper
                && (outside.mayEndOutside(sleeper, this) || isForwarder(thread) && isOutside(sleeper));
    }

    private static boolean isForwarder(Thread thread) {
        return thread.getUncaughtExceptionHandler() instanceof G g && g.isForwarder();
    }

    private boolean isOutside(Sleeper sleeper) {
        return sleeper.waits().stream().anyMatch(wait -> isOutside(wait));
    }

    /// Returns whether an event outside of this world may start a function in it.
    protected final boolean mayBeEnteredFromOutside() {
        return outside.isExpected();
    }

    /// Returns the nanoseconds of real time until the last known time at which the real clock wakes one of `threads` or
    /// starts a function; 0 if none is known.
    protected final long leftByRealClock(Stream<Thread> threads) {
        long latest =
                threads.mapToLong(t ->
                                LockSupport.getBlocker(t) instanceof Sleeper sleeper
                                        ? outside.realDeadline(sleeper)
                                        : 0)
                        .max()
                        .orElse(0);
        return Math.max(0, Math.max(latest, outside.expected()) - Timers.realNow());
    }

    /// Records that a function will run in this world when `ending` happens.
    @Override
    public final void expect(EndSource ending) {
        outside.expect(ending);
    }

    /// Records that `ending` has happened, or that its function will not run. Any thread can call this.
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

    /// Returns whether the thread that holds a lock as `holder` is alive and outside of this world.
    private boolean livesOutside(long holder) {
        Stream<Thread> plain = JdkHooks.trackedThreads().filter(thread -> worldOf(thread) != this);
        if (Stream.concat(platformThreads(), plain).anyMatch(thread -> HolderId.of(thread) == holder)) {
            return true;
        }
        Boolean found =
                Goroutines.tryInspect(() ->
                        Goroutines.all().stream()
                                .anyMatch(g ->
                                        g.holderId() == holder
                                                && g.startedThread() instanceof Thread thread
                                                && worldOf(thread) != this));
        return found == null || found; // not known yet; the caller tries again soon
    }

    /// Returns whether `goroutine` waits without a timeout for something other than a Gofer object: a JDK lock, or
    /// the end of a thread.
    protected static boolean waitsForExternal(G goroutine) {
        return goroutine.sleeper() == null && goroutine.thread().getState() == Thread.State.WAITING;
    }

    /// Returns whether `thread` waits for the end of another thread.
    protected static boolean isJoining(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame ->
                        frame.getClassName().equals(Thread.class.getName()) && frame.getMethodName().equals("join"));
    }

    /// Returns whether a virtual thread outside of all worlds is alive. A goroutine of this world may wait for it
    /// through JDK objects.
    protected static boolean isAnyThreadOutside() {
        Boolean found =
                Goroutines.tryInspect(() ->
                        Goroutines.all().stream()
                                .anyMatch(g -> g.startedThread() instanceof Thread thread && worldOf(thread) == null));
        return found == null
                || found
                || JdkHooks.trackedThreads()
                        .anyMatch(thread -> worldOf(thread) == null && !thread.getName().contains(POLLER));
    }

    /// Returns the live platform threads, except those of the JVM.
    protected static Stream<Thread> platformThreads() {
        return ExternalThreads.platformThreads().stream().filter(thread -> !isOfJvm(thread));
    }

    private static boolean isOfJvm(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group == null || JVM_GROUPS.contains(group.getName()) || thread.getName().equals(UNBLOCKER);
    }

    /// Returns whether `thread` is the JVM's thread that makes threads ready that wait for a monitor.
    protected static boolean isMonitorUnblocker(Thread thread) {
        return thread.getName().equals(UNBLOCKER);
    }

    /// Returns the virtual threads of this world that are not goroutines.
    protected final Stream<Thread> plainThreads() {
        return JdkHooks.trackedThreads()
                .filter(thread ->
                        JdkHooks.schedulerOf(thread) == this && !(thread.getUncaughtExceptionHandler() instanceof G));
    }

    /// Makes the plain virtual threads of this world, which never run again, available to the garbage collector.
    protected final void abandonPlainThreads() {
        plainThreads().forEach(JdkHooks::untrack);
    }

    @Override
    public final void setEndSource(Sleeper sleeper, @Nullable EndSource ending) {
        outside.setEndSource(sleeper, ending);
    }

    @Override
    public final void onAcquired(Object lock, long count) {
        outside.acquired(lock, count);
    }

    @Override
    public final void setRealDeadline(Sleeper sleeper, long time) {
        outside.setRealDeadline(sleeper, time);
    }

    @Override
    public final void onStart(Fiber goroutine) {
        onStart((G) goroutine);
    }

    @Override
    public final void onEnd(Fiber goroutine) {
        onEnd((G) goroutine);
    }

    @Override
    public final void onPanic(Fiber goroutine, Throwable thrown) {
        onPanic((G) goroutine, thrown);
    }

    /// Called when a goroutine is about to be submitted for the first time, by the current thread.
    protected abstract void onStart(G goroutine);

    /// Called when the current goroutine has ended.
    protected abstract void onEnd(G goroutine);

    /// Called when an exception has left the body of `goroutine`.
    protected abstract void onPanic(G goroutine, Throwable thrown);
}
