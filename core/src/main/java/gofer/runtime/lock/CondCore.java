package gofer.runtime.lock;

import gofer.goroutine.Cancellation;
import gofer.goroutine.WaitReason;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.CallSites;
import gofer.runtime.park.QueuedSynchronizer;
import gofer.runtime.park.Sleeper;
import gofer.runtime.park.WaitQueue;
import gofer.runtime.park.Waiter;
import gofer.runtime.park.World;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The queue of a condition variable.
public final class CondCore extends QueuedSynchronizer {

    final WaitQueue waiters = new WaitQueue(); // guarded by the short lock
    private final @Nullable StackTraceElement site = CallSites.ofNew();

    /// Creates an empty queue.
    public CondCore() {}

    /// Queues the current thread. The caller holds the user's lock and releases it before it calls [#await]. So a signal in
    /// between finds the waiter.
    public Waiter join() {
        World.point(SyncPoint.AWAIT, this);
        Waiter waiter = new Sleeper(WaitReason.COND_WAIT, this);
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
        sleep(waiter, cancellation);
    }

    @Override
    protected @Nullable Waiter leave(Waiter waiter) {
        waiters.remove(waiter);
        return null;
    }

    /// Wakes the thread that has waited longest, if any. Throws a [gofer.goroutine.FatalError] if that thread is in a world and
    /// the caller is not.
    public void signal() {
        World.point(SyncPoint.SIGNAL, this);
        if (waiters.glimpseEmpty()) {
            return;
        }
        Waiter first;
        acquire();
        try {
            first = claimFirst();
        } finally {
            release();
        }
        if (first != null) {
            first.sleeper.wake();
        }
    }

    /// Like [WaitQueue#claimFirst], but checks that the caller may wake the waiter.
    private @Nullable Waiter claimFirst() {
        for (Waiter first = waiters.first(); first != null; first = waiters.first()) {
            World.checkWake(first);
            waiters.remove(first);
            if (first.sleeper.claim(first)) {
                return first;
            }
        }
        return null;
    }

    /// Wakes all waiting threads. Throws a [gofer.goroutine.FatalError], and wakes none, if one is in a world and the caller is
    /// not.
    public void broadcast() {
        World.point(SyncPoint.BROADCAST, this);
        if (waiters.glimpseEmpty()) {
            return;
        }
        Waiter first;
        acquire();
        try {
            World.checkWake(waiters);
            first = waiters.claimChain();
        } finally {
            release();
        }
        WaitQueue.wakeChain(first);
    }

    @Override
    public String kind() {
        return "cond";
    }

    @Override
    public @Nullable StackTraceElement site() {
        return site;
    }

    @Override
    public Map<String, Object> facts() {
        return Map.of("waiting", waiters.size());
    }

    @Override
    public String toString() {
        return "cond";
    }
}
