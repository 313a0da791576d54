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

/// What the tests of the floors above may see of the machine room.
public final class Innards {

    private Innards() {}

    /// How many waiters stand in the queues of `core`, those included whose wait is over.
    public static int waiters(MutexCore core) {
        return size(core, core.queue);
    }

    /// Likewise.
    public static int waiters(RWMutexCore core) {
        return size(core, core.readers, core.first) + waiters(core.writers);
    }

    /// Likewise.
    public static int waiters(WaitGroupCore core) {
        return size(core, core.waiters);
    }

    /// Likewise.
    public static int waiters(CondCore core) {
        return size(core, core.waiters);
    }

    /// Whether `thread` is releasing those who wait for a wait group, or wants to.
    public static boolean isReleasing(Thread thread) {
        return Arrays.stream(thread.getStackTrace()).anyMatch(frame -> frame.getMethodName().equals("releaseWaiters"));
    }

    /// How many waiters stand in `queues`, which `lock` guards.
    public static int size(ShortLock lock, WaitQueue... queues) {
        int[] size = {0};
        locked(lock, () -> size[0] = Arrays.stream(queues).mapToInt(WaitQueue::size).sum());
        return size[0];
    }

    /// Runs `action` while everybody else has to wait for the short lock.
    public static void locked(ShortLock lock, Runnable action) {
        lock.acquire();
        try {
            action.run();
        } finally {
            lock.release();
        }
    }

    /// Whether a recording of the flight recorder has been noticed that wants our events.
    public static boolean isTraced() {
        return Tracing.isOn();
    }

    /// Whether `thread` is parked for `reason`, with or without a deadline.
    public static boolean sleepsFor(Thread thread, WaitReason reason) {
        Party party = Party.of(thread);
        return party.stateNow() == Goroutine.State.WAITING
                && party.sleeper() instanceof Sleeper sleeper
                && sleeper.reason() == reason;
    }

    /// What the watch over a program that `caller` has started would find out now: whether all sleep for ever.
    public static boolean nothingCanHappen(Thread caller) {
        Set<String> chances = chances(caller);
        return chances != null && chances.isEmpty();
    }

    /// What could still wake one, of what cannot be known; null if something goes on.
    public static @Nullable Set<String> chances(Thread caller) {
        return new WakeupSources(caller).chances();
    }

    /// Starts a thread that the watch takes for one of ours, which wakes nobody.
    public static void startQuietThread(Runnable task) {
        new Thread(Scheduling.systemGroup(), task, "gofer test", 0, false).start();
    }
}
