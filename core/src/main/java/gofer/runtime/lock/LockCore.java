package gofer.runtime.lock;

import gofer.goroutine.Cancellation;
import gofer.runtime.park.QueuedSynchronizer;
import gofer.runtime.park.Waiter;
import org.jspecify.annotations.Nullable;

/// The slow path that the locks have in common: join a queue unless the operation can complete at once, then sleep.
abstract class LockCore extends QueuedSynchronizer {

    /// Completes the operation of `waiter`, of the current thread, and returns true; or puts `waiter` into a queue and returns
    /// false. Runs under the short lock.
    abstract boolean completeOrJoin(Waiter waiter);

    /// Waits until the operation of `waiter` is complete. Returns whether it had to sleep; throws what called the wait off.
    final boolean await(Waiter waiter, @Nullable Cancellation cancellation) {
        acquire();
        try {
            if (completeOrJoin(waiter)) {
                return false;
            }
        } finally {
            release();
        }
        sleep(waiter, cancellation);
        return true;
    }
}
