package gofer.runtime.lock;

import gofer.goroutine.Cancellation;
import gofer.goroutine.WaitReason;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.CallSites;
import gofer.runtime.park.HolderId;
import gofer.runtime.park.Sleeper;
import gofer.runtime.park.WaitQueue;
import gofer.runtime.park.Waiter;
import gofer.runtime.park.World;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The algorithm of a semaphore whose permits are taken several at a time.
public final class WeightedCore extends LockCore {

    /*
     * `state` is the number of permits that are taken; while somebody waits, its complement, which is negative. Who finds the
     * permits that it wants, and nobody waiting, takes them, and who gives some back and finds nobody waiting is done:
     * one compare-and-set each. All else happens under the short lock, and so does everything while somebody waits.
     *
     * Who does not find its permits waits in one queue. Whoever gives permits back then, or leaves the queue, takes permits
     * for those at the front for whom there are enough now, claims and wakes them: so nobody overtakes, and a large
     * request is not starved by small ones. A request for more than there are would block the queue for ever: it waits
     * outside of it.
     *
     * Permits have no owner: one goroutine may take them, and another give them back. Many semaphores are used so, and others
     * as locks are. To find deadlocks among the latter, `holders` says who has taken how many, and `givenBack` how often
     * permits were given back by who had taken them. Once somebody else has given one back, nothing is noted any more.
     *
     * Those that are to be woken are a chain, not a list, which would need memory: each waiter is used for one wait, so that
     * after the claim nobody else touches its links.
     */

    /// A semaphore that has been used as a lock so often, and never otherwise, is one.
    private static final int AS_A_LOCK = 10;

    /// A semaphore with more permits than this is never taken for a lock.
    private static final int MOST_OF_A_LOCK = 64;

    private static final VarHandle STATE =
            ConstantBootstraps.fieldVarHandle(
                    MethodHandles.lookup(), "state", VarHandle.class, WeightedCore.class, long.class);

    private final long size;
    private final @Nullable StackTraceElement site = CallSites.ofNew();
    private final @Nullable World home = World.current();
    final WaitQueue queue = new WaitQueue(); // guarded by the short lock; empty if `state` is not negative
    private volatile long state; // CASed
    private volatile @Nullable PermitHolders holders; // null: not known, nor ever again
    private int givenBack; // up to AS_A_LOCK; racy: a hint

    /// A semaphore with `size` permits.
    public WeightedCore(long size) {
        this.size = size;
        this.holders = size <= MOST_OF_A_LOCK ? new PermitHolders((int) size) : null;
    }

    /// Takes `n` permits, waiting until they are free.
    public void acquire(long n, @Nullable Cancellation cancellation) {
        World.point(SyncPoint.ACQUIRE, this);
        Sleeper.check(cancellation);
        if (!hasEver(n)) {
            throw Sleeper.sleepForEver(WaitReason.SEMAPHORE_ACQUIRE, new PermitRequest(this, n), cancellation);
        }
        if (!takeAtOnce(n)) {
            await(n, cancellation);
        }
    }

    /// Takes `n` permits if they are free and nobody waits, and tells whether it did.
    public boolean tryAcquire(long n) {
        World.point(SyncPoint.TRY_ACQUIRE, this);
        return takeAtOnce(n);
    }

    /// Gives `n` permits back, whoever took them; false if fewer are taken.
    public boolean release(long n) {
        World.point(SyncPoint.RELEASE, this);
        return putBack(n);
    }

    private boolean takeAtOnce(long n) {
        for (long seen = state; seen >= 0 && n <= size - seen; seen = state) {
            if (STATE.compareAndSet(this, seen, seen + n)) {
                noteTaken(n);
                return true;
            }
        }
        return false;
    }

    private void await(long n, @Nullable Cancellation cancellation) {
        var request = new PermitRequest(this, n);
        Waiter waiter = new Waiter(new Sleeper(WaitReason.SEMAPHORE_ACQUIRE, request));
        waiter.value = request;
        boolean slept = await(waiter, cancellation);
        noteTaken(n);
        if (slept) {
            try {
                Sleeper.check(cancellation); // it may have come first, and only the news of it second
            } catch (Throwable cause) {
                putBack(n);
                throw cause;
            }
        }
    }

    @Override
    boolean completeOrJoin(Waiter waiter) {
        long n = wanted(waiter);
        for (long seen = state; seen >= 0; seen = state) {
            boolean free = n <= size - seen;
            if (STATE.compareAndSet(this, seen, free ? seen + n : ~seen) && free) {
                return true;
            }
        }
        queue.addLast(waiter);
        return false;
    }

    /// Waiters behind `waiter` may go on.
    @Override
    protected @Nullable Waiter leave(Waiter waiter) {
        queue.remove(waiter);
        return state < 0 ? serve(~state) : null;
    }

    private boolean putBack(long n) {
        boolean surely = state >= n;
        if (surely) {
            noteGivenBack(n); // first: whoever takes them needs the slot
        }
        return surely && putBackAtOnce(n) || putBackSlow(n, surely);
    }

    private boolean putBackAtOnce(long n) {
        for (long seen = state; seen >= n; seen = state) {
            if (STATE.compareAndSet(this, seen, seen - n)) {
                return true;
            }
        }
        return false;
    }

    /// Under the lock, since who was granted permits may be awake, and give them back, before the state says so.
    private boolean putBackSlow(long n, boolean noted) {
        Waiter served;
        acquire();
        try {
            if (!noted && n <= taken()) {
                noteGivenBack(n);
            }
            if (putBackAtOnce(n)) {
                return true;
            }
            long taken = ~state; // negative if nobody waits
            if (n > taken) {
                return false;
            }
            served = serve(taken - n);
        } finally {
            release();
        }
        WaitQueue.wakeChain(served);
        return true;
    }

    /// With `taken` permits taken, takes the permits of the first waiters as far as there are enough, and claims these waiters.
    /// Returns them as a chain.
    private @Nullable Waiter serve(long taken) {
        Waiter served = null;
        long all = taken;
        for (Waiter first = queue.first(); first != null && wanted(first) <= size - all; first = queue.first()) {
            queue.remove(first);
            long n = wanted(first);
            if (first.sleeper.claim(first)) {
                all += n;
                served = WaitQueue.link(served, first);
            }
        }
        state = queue.isEmpty() ? all : ~all;
        return served;
    }

    private static long wanted(Waiter waiter) {
        return ((PermitRequest) Objects.requireNonNull(waiter.value)).wanted();
    }

    /// By who has taken them, not by who grants them: a waiter may go on, and give them back, before it is woken.
    private void noteTaken(long n) {
        World.acquired(this, n);
        if (n > 0 && holders instanceof PermitHolders known) {
            known.add(Thread.currentThread(), n);
        }
    }

    private void noteGivenBack(long n) {
        World.acquired(this, -n);
        if (n > 0 && holders instanceof PermitHolders known) {
            if (!known.remove(Thread.currentThread(), n)) {
                holders = null;
            } else if (givenBack < AS_A_LOCK) {
                givenBack++;
            }
        }
    }

    /// Whether there are so many permits at all, taken or not.
    boolean hasEver(long n) {
        return n <= size;
    }

    /// Where it was made: somebody there may give permits back.
    public @Nullable World home() {
        return home;
    }

    /// How many permits are taken: a snapshot.
    public long taken() {
        long seen = state;
        return seen < 0 ? ~seen : seen;
    }

    /// The ids of those who hold its permits, in order, as long as it is used as a lock; empty if that is not known.
    ///
    /// Of those that sleep meanwhile none is missing: what they have was taken before, and stays so.
    private List<Long> holders() {
        return holders instanceof PermitHolders known && givenBack >= AS_A_LOCK ? known.ids(taken()) : List.of();
    }

    /// The ids of those who wait in its queue, in order.
    public List<Long> queued() {
        List<Long> ids = new ArrayList<>();
        acquire();
        try {
            for (Waiter waiter = queue.first(); waiter != null; waiter = waiter.next) {
                ids.add(HolderId.of(waiter.sleeper.thread()));
            }
        } finally {
            release();
        }
        return ids;
    }

    @Override
    public String kind() {
        return "semaphore";
    }

    @Override
    public @Nullable StackTraceElement site() {
        return site;
    }

    @Override
    public Map<String, Object> facts() {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("size", size);
        facts.put("taken", taken());
        facts.put("waiting", queue.size());
        return facts;
    }

    @Override
    public List<Long> blockers(WaitReason reason) {
        return holders();
    }

    @Override
    public String toString() {
        return "semaphore (" + taken() + " of " + size + " taken)";
    }
}
