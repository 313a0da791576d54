package gofer.runtime;

import gofer.goroutine.Goroutine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jdk.internal.vm.ThreadContainers;
import org.jspecify.annotations.Nullable;

/// Ends a program, as Go does, when all of its goroutines are asleep and nothing is left that could wake one.
final class DeadlockWatch extends Thread {

    /*
     * Goroutines are looked at one by one, while others may run. So all are looked at twice: if each is asleep both
     * times, and in the same wait, then between the two looks all were asleep at once, and nobody was left to wake
     * another.
     *
     * Nobody but: a timer; another thread, virtual or not; a shutdown hook or a handler of a signal; code that the JVM
     * runs when it has collected something. If there is one of the first three, nothing is said; the last gets its chance
     * between the two looks.
     */

    /// How long it rests between two looks; longer, if a look takes its time.
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int REST = 50; // times as long as the look took

    private static final long CLEANING = TimeUnit.MILLISECONDS.toNanos(50);

    private final Thread caller;

    /// What a goroutine waits in. Sleepers are used again: then the second number differs.
    private record Wait(Sleeper sleeper, int sleep) {}

    /// Watches over a program that was started by `caller`, which does nothing but wait for it.
    DeadlockWatch(Thread caller) {
        super(Scheduling.systemGroup(), null, "gofer deadlock watch", 0, false);
        this.caller = caller;
        setDaemon(true);
    }

    @Override
    public void run() {
        long pause = PAUSE;
        for (; ; ) {
            LockSupport.parkNanos(this, pause);
            long start = System.nanoTime();
            if (nothingCanHappen()) {
                Program.deadlock();
            }
            pause = Math.max(PAUSE, REST * (System.nanoTime() - start));
        }
    }

    private boolean nothingCanHappen() {
        List<Wait> before = waits();
        if (before == null) {
            return false;
        }
        System.gc();
        LockSupport.parkNanos(this, CLEANING);
        return before.equals(waits());
    }

    /// What all goroutines wait in; null if one does not, or if somebody could wake it.
    private @Nullable List<Wait> waits() {
        if (!Scheduling.isIdle() || Timers.isPending() || JdkHooks.programReactsToSignals() || othersLive()) {
            return null;
        }
        List<Wait> waits = new ArrayList<>();
        for (G g : Goroutines.all()) {
            if (g.state() != Goroutine.State.WAITING
                    || !(g.sleeper() instanceof Sleeper sleeper)
                    || !sleeper.sleepsForEver()) {
                return null;
            }
            waits.add(new Wait(sleeper, sleeper.sleep()));
        }
        return waits.isEmpty() ? null : waits;
    }

    /// Whether there are threads that are neither goroutines nor the JVM's or ours.
    private boolean othersLive() {
        return ThreadContainers.root()
                .threads()
                .anyMatch(thread ->
                        thread.isVirtual()
                                || thread != caller
                                        && thread.getThreadGroup() != Scheduling.systemGroup()
                                        && !isInnocuous(thread));
    }

    /// The JDK's own helpers, such as the one that wakes virtual threads.
    private static boolean isInnocuous(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group == null || group.getName().equals("InnocuousThreadGroup");
    }
}
