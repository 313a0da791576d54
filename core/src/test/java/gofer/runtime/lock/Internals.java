package gofer.runtime.lock;

import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.runtime.base.ShortLock;
import gofer.runtime.goroutine.Party;
import gofer.runtime.park.Sleeper;
import gofer.runtime.park.Tracing;
import gofer.runtime.park.WaitQueue;
import gofer.runtime.sched.Scheduling;
import gofer.runtime.watch.WakeupSources;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gives tests of the higher packages access to internals.
public final class Internals {

    private Internals() {}

    /// Returns how many waiters are in the queues of `core`, including those whose wait has ended.
    public static int waiters(MutexCore core) {
        return size(core, core.queue);
    }

    /// Like [#waiters(MutexCore)].
    public static int waiters(RWMutexCore core) {
        return size(core, core.readers, core.waitingWriter) + waiters(core.writers);
    }

    /// Like [#waiters(MutexCore)].
    public static int waiters(WaitGroupCore core) {
        return size(core, core.waiters);
    }

    /// Like [#waiters(MutexCore)].
    public static int waiters(CondCore core) {
        return size(core, core.waiters);
    }

    /// Returns whether `thread` is releasing the waiters of a wait group, or is about to.
    public static boolean isReleasing(Thread thread) {
        return Arrays.stream(thread.getStackTrace()).anyMatch(frame -> frame.getMethodName().equals("releaseWaiters"));
    }

    /// Returns how many waiters are in `queues`, which `lock` guards.
    public static int size(ShortLock lock, WaitQueue... queues) {
        int[] size = {0};
        locked(lock, () -> size[0] = Arrays.stream(queues).mapToInt(WaitQueue::size).sum());
        return size[0];
    }

    /// Runs `action` while all other threads have to wait for the short lock.
    public static void locked(ShortLock lock, Runnable action) {
        lock.acquire();
        try {
            action.run();
        } finally {
            lock.release();
        }
    }

    /// Returns whether Gofer has noticed a flight recording that includes its events.
    public static boolean isTraced() {
        return Tracing.isOn();
    }

    /// Returns whether `thread` is parked for `reason`, with or without a deadline.
    public static boolean sleepsFor(Thread thread, WaitReason reason) {
        Party party = Party.of(thread);
        return party.stateNow() == Goroutine.State.WAITING
                && party.sleeper() instanceof Sleeper sleeper
                && sleeper.reason() == reason;
    }

    /// Returns whether the watch over a program started by `caller` would now find that all goroutines are blocked forever.
    public static boolean nothingCanHappen(Thread caller) {
        Set<String> uncertain = uncertainSources(caller);
        return uncertain != null && uncertain.isEmpty();
    }

    /// Returns the sources that could still wake a goroutine, which is uncertain; null if something is active.
    public static @Nullable Set<String> uncertainSources(Thread caller) {
        return new WakeupSources(caller).findUncertain();
    }

    /// Starts a thread that the watch treats as one of Gofer's, and that wakes no goroutine.
    public static void startQuietThread(Runnable task) {
        new Thread(Scheduling.systemGroup(), task, "gofer test", 0, false).start();
    }
}
