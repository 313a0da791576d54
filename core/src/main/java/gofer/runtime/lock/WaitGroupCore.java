package gofer.runtime.lock;

import gofer.goroutine.Body;
import gofer.goroutine.Cancellation;
import gofer.goroutine.FatalError;
import gofer.goroutine.WaitReason;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.park.CallSites;
import gofer.runtime.park.HappensBefore;
import gofer.runtime.park.Owned;
import gofer.runtime.park.Sleeper;
import gofer.runtime.park.WaitQueue;
import gofer.runtime.park.Waiter;
import gofer.runtime.park.World;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The algorithm of a wait group: a counter, and a queue of goroutines that wait until it is zero. It starts the goroutines
/// that it counts, with or without a limit.
public final class WaitGroupCore extends LockCore implements Owned {

    /*
     * `state` is the counter in its upper half and the size of the queue in its lower half. So one atomic operation adds to
     * the counter and shows whether goroutines wait. The lock is needed only to make the counter zero while some wait.
     *
     * No waiter joins the queue while the counter is zero. The lower half changes under the lock.
     *
     * Under a limit, each goroutine holds a permit of a semaphore. It is counted before its starter waits for the permit:
     * so the counter does not become zero, and no wait for that returns, while a start waits. The permit is
     * released before the counter goes down: at zero, the limit may be changed.
     */

    private static final VarHandle STATE =
            ConstantBootstraps.fieldVarHandle(
                    MethodHandles.lookup(), "state", VarHandle.class, WaitGroupCore.class, long.class);

    private volatile long state; // the counter is wrong for a moment while a rejected add undoes itself
    final WaitQueue waiters = new WaitQueue(); // guarded by the short lock
    private final @Nullable StackTraceElement site = CallSites.ofNew();
    private volatile @Nullable WeightedCore slots; // one permit for each goroutine that runs; null without a limit
    private @Nullable World world; // the world of the first add since the counter was zero; null outside of all worlds

    /// Creates a wait group with a counter of zero.
    public WaitGroupCore() {}

    /// Limits the goroutines that run at the same time to `n`; a negative `n` removes the limit. `group` begins the message
    /// of the exception for a change while goroutines run under an earlier limit.
    public void limit(int n, String group) {
        World.point(SyncPoint.LIMIT, this);
        WeightedCore now = slots;
        long running = now == null ? 0 : now.taken();
        if (running > 0) {
            throw new IllegalStateException(
                    group + ": modify limit while " + running + " goroutines in the group are still active");
        }
        slots = n < 0 ? null : new WeightedCore(n);
    }

    /// Waits until the limit allows it, and starts a goroutine that is counted until it ends. Starts nothing if cancelled.
    public void go(String name, Body body, @Nullable Cancellation cancellation) {
        add(1);
        WeightedCore limit = slots;
        try {
            if (limit != null) {
                limit.acquire(1, cancellation);
            } else if (cancellation != null) {
                Sleeper.check(cancellation);
            }
        } catch (Throwable cancelled) {
            add(-1);
            throw cancelled;
        }
        start(name, body, limit);
    }

    /// Starts a goroutine as [#go] does if the limit allows it now. Returns whether it did.
    public boolean tryGo(String name, Body body) {
        add(1);
        WeightedCore limit = slots;
        if (limit != null && !limit.tryAcquire(1)) {
            add(-1);
            return false;
        }
        start(name, body, limit);
        return true;
    }

    private void start(String name, Body body, @Nullable WeightedCore limit) {
        Runnable afterEnd = limit == null ? () -> add(-1) : () -> leave(limit);
        try {
            Goroutines.start(name, body, afterEnd);
        } catch (Throwable refused) {
            afterEnd.run();
            throw refused;
        }
    }

    private void leave(WeightedCore limit) {
        var _ = limit.release(1);
        add(-1);
    }

    /// Adds `delta` to the counter, and releases the waiters if that makes it zero.
    ///
    /// A rejected delta is subtracted again. Checking first would double the cost if several processors add.
    public void add(int delta) {
        World.point(SyncPoint.ADD, this);
        if (delta < 0) {
            HappensBefore.release(this);
        }
        long before = addToCounter(delta);
        String violation = violation(before, delta);
        if (violation != null) {
            releaseAtZero(addToCounter(-(long) delta) - ((long) delta << 32));
            throw new IllegalStateException(violation);
        }
        releaseAtZero(before + ((long) delta << 32));
    }

    /// Adds `delta` to the counter and returns the state before.
    private long addToCounter(long delta) {
        return (long) STATE.getAndAdd(this, delta << 32);
    }

    /// Returns why `delta` must not be added, or null if it may be.
    private static @Nullable String violation(long before, int delta) {
        long sum = counter(before) + (long) delta;
        if (sum < 0) {
            return "sync: negative WaitGroup counter";
        }
        if (sum > Integer.MAX_VALUE) {
            return "sync: WaitGroup counter overflow";
        }
        if (counter(before) == 0 && delta > 0 && queued(before) > 0) {
            return "sync: WaitGroup misuse: Add called concurrently with Wait";
        }
        return null;
    }

    private static int counter(long state) {
        return (int) (state >> 32);
    }

    private static int queued(long state) {
        return (int) state;
    }

    @Override
    public void checkUse(SyncPoint operation, @Nullable World here) {
        if (operation == SyncPoint.ADD) {
            setOrCheckWorld(here);
        }
    }

    private void setOrCheckWorld(@Nullable World here) {
        if (counter(state) == 0) {
            world = here;
        } else if (world != here) {
            throw new FatalError(
                    world == null || here == null
                            ? "sync: WaitGroup.Add called from inside and outside of a bubble"
                            : "sync: WaitGroup.Add called from multiple bubbles");
        }
    }

    /// Returns whether the counter was raised from zero in `world`.
    public boolean isOf(World world) {
        return this.world == world;
    }

    /// Waits until the counter is zero.
    public void await(@Nullable Cancellation cancellation) {
        World.point(SyncPoint.AWAIT, this);
        Sleeper.check(cancellation);
        if (counter(state) == 0) {
            HappensBefore.acquire(this);
            return;
        }
        boolean slept = await(new Sleeper(WaitReason.WAIT_GROUP_WAIT, this), cancellation);
        if (slept && counter(state) > 0) {
            throw new IllegalStateException("sync: WaitGroup is reused before previous Wait has returned");
        }
        HappensBefore.acquire(this);
    }

    /// Completes the wait if the counter is zero.
    @Override
    boolean completeOrJoin(Waiter waiter) {
        for (long seen = state; counter(seen) != 0; seen = state) {
            if (STATE.compareAndSet(this, seen, seen + 1)) {
                waiters.addLast(waiter);
                return false;
            }
        }
        return true;
    }

    @Override
    protected @Nullable Waiter leave(Waiter waiter) {
        if (waiters.remove(waiter)) {
            STATE.getAndAdd(this, -1L);
        }
        return null;
    }

    private void releaseAtZero(long now) {
        if (counter(now) == 0 && queued(now) > 0) {
            releaseWaiters();
        }
    }

    private void releaseWaiters() {
        Waiter first = null;
        acquire();
        try {
            long seen = state;
            if (counter(seen) == 0) { // otherwise in use again: the waiters now wait for the next round
                first = waiters.claimChain();
                STATE.getAndAdd(this, -(long) queued(seen));
            }
        } finally {
            release();
        }
        WaitQueue.wakeChain(first);
    }

    @Override
    public String kind() {
        return "wait group";
    }

    @Override
    public @Nullable StackTraceElement site() {
        return site;
    }

    @Override
    public Map<String, Object> facts() {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("counter", counter(state));
        facts.put("waiting", waiters.size());
        return facts;
    }

    @Override
    public String toString() {
        return "wait group (" + counter(state) + ")";
    }
}
