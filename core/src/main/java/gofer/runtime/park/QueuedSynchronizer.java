package gofer.runtime.park;

import gofer.goroutine.Cancellation;
import gofer.runtime.base.ShortLock;
import org.jspecify.annotations.Nullable;

/// Something that goroutines wait for in queues, which its short lock guards: the common base of channels and locks.
///
/// A wait has three parts. Under the lock, the operation completes at once, or a waiter joins a queue. Then the thread sleeps
/// until another thread has claimed the waiter. If an interrupt, a cancellation, a failure or the deadline ends the sleep
/// first, the waiter leaves the queue.
public abstract class QueuedSynchronizer extends ShortLock implements WaitTarget {

    /// For subclasses.
    protected QueuedSynchronizer() {}

    /// Takes `waiter` out of its queue, because its wait was called off. Runs under the lock.
    ///
    /// Returns the claimed waiters that may continue because of that, as a chain; see [WaitQueue#link].
    protected abstract @Nullable Waiter leave(Waiter waiter);

    /// Sleeps until the operation of `waiter`, which has joined a queue, is complete. Throws what called the wait off.
    protected final void sleep(Waiter waiter, @Nullable Cancellation cancellation) {
        sleep(waiter, Sleeper.NO_DEADLINE, cancellation);
    }

    /// Like [#sleep(Waiter, Cancellation)], with a deadline. Returns false if the deadline passed first.
    protected final boolean sleep(Waiter waiter, Sleeper.Deadline deadline, @Nullable Cancellation cancellation) {
        Sleeper sleeper = waiter.sleeper;
        if (sleeper.sleep(deadline, cancellation) == waiter) {
            return true;
        }
        withdraw(waiter);
        if (!sleeper.timedOut()) {
            throw sleeper.calledOff();
        }
        return false;
    }

    /// Takes `waiter` out of its queue and wakes the waiters that may continue because of that.
    public final void withdraw(Waiter waiter) {
        Waiter admitted;
        acquire();
        try {
            admitted = leave(waiter);
        } finally {
            release();
        }
        WaitQueue.wakeChain(admitted);
    }
}
