package gofer.runtime;

import gofer.goroutine.Cancellation;
import gofer.goroutine.WaitReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The queue of a condition variable.
public final class CondCore extends ShortLock {

    final WaitQueue waiters = new WaitQueue(); // guarded by the short lock

    /// An empty one.
    public CondCore() {}

    /// Queues the current thread. To be called with the user's lock held, which is released before [#await]: so a
    /// signal that is given in between finds it.
    public Waiter join() {
        Waiter waiter = new Waiter(new Sleeper(WaitReason.COND_WAIT, this));
        acquire();
        try {
            waiters.addLast(waiter);
        } finally {
            release();
        }
        return waiter;
    }

    /// Sleeps until `waiter` is signalled.
    public void await(Waiter waiter, @Nullable Cancellation cancellation) {
        if (!waiter.sleeper.sleep(waiter, cancellation)) {
            leave(waiter);
            throw waiter.sleeper.calledOff();
        }
    }

    /// Takes `waiter` out of the queue, if it has not been signalled.
    public void leave(Waiter waiter) {
        acquire();
        try {
            waiters.remove(waiter);
        } finally {
            release();
        }
    }

    /// Wakes the thread that has waited longest, if any waits.
    public void signal() {
        if (waiters.glimpseEmpty()) {
            return;
        }
        Waiter first;
        acquire();
        try {
            first = waiters.claimFirst();
        } finally {
            release();
        }
        if (first != null) {
            first.sleeper.wake();
        }
    }

    /// Wakes everybody who waits.
    public void broadcast() {
        if (waiters.glimpseEmpty()) {
            return;
        }
        List<Waiter> all;
        acquire();
        try {
            all = waiters.claimAll();
        } finally {
            release();
        }
        WaitQueue.wakeAll(all);
    }

    @Override
    public String toString() {
        return "cond";
    }
}
