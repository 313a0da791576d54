package gofer.runtime.watch;

import gofer.runtime.goroutine.Party;
import gofer.runtime.park.Sleeper;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A wait for a lock, without a timeout.
sealed interface LockWait {

    /// A sleep for a Gofer lock. Sleepers are reused; each reuse has a new number `sleep`.
    record Asleep(Sleeper sleeper, int sleep) implements LockWait {}

    /// A wait to enter a Java monitor.
    record AtMonitor(Object monitor) implements LockWait {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof AtMonitor at && at.monitor == monitor;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(monitor);
        }
    }

    /// A wait for a java.util.concurrent lock.
    ///
    /// @param owner the thread that holds the lock
    record AtLock(AbstractOwnableSynchronizer lock, Thread owner) implements LockWait {}

    /// Returns the wait of `party`; null if it does not wait for a lock, or if the lock is not known.
    static @Nullable LockWait of(Party party) {
        if (party.sleeper() instanceof Sleeper sleeper) {
            int sleep = sleeper.sleep();
            return sleeper.sleepsForLock() ? new Asleep(sleeper, sleep) : null;
        }
        if (!(party.startedThread() instanceof Thread thread)) {
            return null;
        }
        return switch (thread.getState()) {
            case BLOCKED -> atMonitor(thread);
            case WAITING -> atLock(thread);
            default -> null;
        };
    }

    private static @Nullable LockWait atMonitor(Thread thread) {
        ThreadSnapshots.Monitors monitors = ThreadSnapshots.of(thread);
        return monitors == null || monitors.entering() == null ? null : new AtMonitor(monitors.entering());
    }

    private static @Nullable LockWait atLock(Thread thread) {
        return LockSupport.getBlocker(thread) instanceof AbstractOwnableSynchronizer lock
                        && ThreadSnapshots.ownerOf(lock) instanceof Thread owner
                ? new AtLock(lock, owner)
                : null;
    }
}
