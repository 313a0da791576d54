package gofer.runtime.park;

import gofer.goroutine.WaitReason;
import gofer.runtime.sched.Scheduling;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/// Decides who spins before it parks. On the JDK's scheduler, a park and a wake-up take many times as long as a partner that
/// runs on another processor takes to come.
///
/// A thread spins for at most about the time of a park. It does so only for channels, and only where that has been successful
/// lately. From time to time it parks anyway, because the carrier may have other goroutines to run.
final class Spins {

    /// The number of checks before a thread parks.
    private static final int CHECKS = 128;

    /// The number of waits in which a thread spins until it parks without spinning.
    private static final int WAITS = 64;

    /// The count of a channel for which all waits have been successful.
    private static final int BEST = 4;

    /// The count after a number of failures: then 32 waits do not spin.
    private static final int WORST = -32;

    private static final int COUNTS = 64; // a power of 2
    private static final int SPACING = 32; // so that no two counts share a cache line

    static final Spins INSTANCE =
            new Spins(!Scheduling.isOurs() && Scheduling.initialProcs() > 1, Scheduling::handOffsPause);

    private final boolean isAllowed;
    private final BooleanSupplier handOffsPause;

    // By approximately the channel: positive if threads spin. Not atomic, because a lost update does no harm.
    private final int[] successes;

    // By approximately the thread: the number of waits in which it has not parked.
    private final int[] waits;

    Spins(boolean isAllowed, BooleanSupplier handOffsPause) {
        this.isAllowed = isAllowed;
        this.handOffsPause = handOffsPause;
        int length = isAllowed ? COUNTS * SPACING : 0;
        successes = new int[length];
        waits = new int[length];
        Arrays.fill(successes, BEST);
    }

    /// Returns whether any thread spins.
    boolean areAllowed() {
        return isAllowed;
    }

    /// Spins until `sleeper` is woken, for a short time, or does nothing. Returns whether the thread has spun.
    boolean spin(Sleeper sleeper, WaitReason reason, Object target) {
        if (!isAllowed || !isForChannel(reason) || World.current() != null || handOffsPause.getAsBoolean()) {
            return false;
        }
        int thread = index((int) sleeper.thread().threadId());
        int channel = index(reason == WaitReason.SELECT ? 0 : System.identityHashCode(target));
        int count = successes[channel];
        if (count <= 0) {
            successes[channel] = count + 1;
            return false;
        }
        if (++waits[thread] > WAITS) {
            waits[thread] = 0;
            return false;
        }
        if (await(sleeper)) {
            if (count < BEST) {
                successes[channel] = count + 1;
            }
        } else {
            waits[thread] = 0;
            successes[channel] = count == 1 ? WORST : count - 1;
        }
        return true;
    }

    private static boolean isForChannel(WaitReason reason) {
        return switch (reason) {
            case CHAN_SEND, CHAN_RECEIVE, SELECT -> true;
            default -> false;
        };
    }

    private static boolean await(Sleeper sleeper) {
        for (int i = 0; i < CHECKS; i++) {
            Thread.onSpinWait();
            if (!sleeper.isAsleep()) {
                return true;
            }
        }
        return false;
    }

    private static int index(int hash) {
        return (hash & COUNTS - 1) * SPACING;
    }
}
