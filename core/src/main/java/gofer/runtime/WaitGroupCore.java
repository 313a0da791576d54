package gofer.runtime;

import gofer.goroutine.Cancellation;
import gofer.goroutine.FatalError;
import gofer.goroutine.WaitReason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The algorithm of a wait group: a counter, and those who wait for it to become zero.
public final class WaitGroupCore extends ShortLock implements Waitable {

    private final AtomicLong counter = new AtomicLong(); // out of range while an add that is refused takes itself back
    final WaitQueue waiters = new WaitQueue(); // guarded by the short lock
    private final @Nullable StackTraceElement site = Sites.ofNew();
    private @Nullable World world; // that of the first add since the counter was zero; null if there was none by then

    /// A counter at zero.
    public WaitGroupCore() {}

    /// Adds `delta` to the counter, and releases the waiters if that makes it zero.
    public void add(int delta) {
        World.before(Operation.ADD, this);
        long seen = counter.get();
        checkRange(seen, delta);
        if (seen == 0 && delta > 0 && !waiters.glimpseEmpty()) {
            throw new IllegalStateException("sync: WaitGroup misuse: Add called concurrently with Wait");
        }
        long before = counter.getAndAdd(delta);
        try {
            checkRange(before, delta);
        } catch (IllegalStateException changedMeanwhile) {
            takeBack(delta);
            throw changedMeanwhile;
        }
        if (before + delta == 0 && delta < 0) {
            releaseWaiters();
        }
    }

    private static void checkRange(long count, int delta) {
        long sum = count + delta;
        if (sum < 0) {
            throw new IllegalStateException("sync: negative WaitGroup counter");
        }
        if (sum > Integer.MAX_VALUE) {
            throw new IllegalStateException("sync: WaitGroup counter overflow");
        }
    }

    private void takeBack(int delta) {
        if (counter.addAndGet(-(long) delta) == 0) {
            releaseWaiters();
        }
    }

    /// The current thread, which is in `here`, is about to add.
    void enter(@Nullable World here) {
        if (counter.get() == 0) {
            world = here;
        } else if (world != here) {
            throw new FatalError(
                    world == null || here == null
                            ? "sync: WaitGroup.Add called from inside and outside of a bubble"
                            : "sync: WaitGroup.Add called from multiple bubbles");
        }
    }

    /// Whether `world` is where its counter was raised from zero.
    boolean isOf(World world) {
        return this.world == world;
    }

    /// Waits until the counter is zero.
    public void await(@Nullable Cancellation cancellation) {
        World.before(Operation.AWAIT, this);
        Sleeper.check(cancellation);
        if (counter.get() == 0) {
            return;
        }
        Waiter waiter = new Waiter(new Sleeper(WaitReason.WAIT_GROUP_WAIT, this));
        acquire();
        try {
            // Queued before the look at the counter: who makes it zero after that look finds this waiter.
            waiters.addLast(waiter);
            if (counter.get() == 0) {
                waiters.remove(waiter);
                return;
            }
        } finally {
            release();
        }
        if (!waiter.sleeper.sleep(waiter, cancellation)) {
            acquire();
            try {
                waiters.remove(waiter);
            } finally {
                release();
            }
            throw waiter.sleeper.calledOff();
        }
        if (counter.get() > 0) {
            throw new IllegalStateException("sync: WaitGroup is reused before previous Wait has returned");
        }
    }

    private void releaseWaiters() {
        List<Waiter> all;
        acquire();
        try {
            // If the group is in use again, whoever waits now waits for the next time.
            all = counter.get() == 0 ? waiters.claimAll() : List.of();
        } finally {
            release();
        }
        WaitQueue.wakeAll(all);
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
        facts.put("counter", counter.get());
        facts.put("waiting", waiters.size());
        return facts;
    }

    @Override
    public String toString() {
        return "wait group (" + counter + ")";
    }
}
