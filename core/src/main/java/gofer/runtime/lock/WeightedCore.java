package gofer.runtime.lock;

import gofer.goroutine.Cancellation;
import gofer.goroutine.WaitReason;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.CallSites;
import gofer.runtime.park.HappensBefore;
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

/// The algorithm of a semaphore with weighted requests: a request may be for several permits.
public final class WeightedCore extends LockCore {

    /*
     * `state` is the number of permits that are taken. While a goroutine waits, it is the complement of that number, which
     * is negative. With enough permits and an empty queue, acquiring takes one compare-and-set. With an empty queue,
     * releasing takes one, too. Everything else happens under the short lock, and so does everything while goroutines wait.
     *
     * If there are not enough permits, the goroutine waits in one queue. A thread that releases permits, or whose
     * waiter leaves the queue, takes permits for the first waiters, as many as there are permits for, and claims and
     * wakes these waiters. So no goroutine overtakes another, and small requests do not starve a large one. A request
     * for more permits than there are would block the queue forever, so it waits outside of it.
     *
     * Permits have no owner: one goroutine may acquire them, and another may release them. Some semaphores are used in
     * this way; others are used as locks. To find deadlocks among the latter, `holders` records how many permits each
     * thread has acquired, and `ownReleases` counts releases by the thread that acquired. After a release by another
     * thread, nothing is recorded any more.
     *
     * The waiters to be woken form a chain instead of a list, which would need memory. Each waiter is used for one wait, so
     * no other thread touches its links after the claim.
     */

    /// A semaphore counts as a lock after this many releases by the thread that acquired, if there was no other release.
    private static final int RELEASES_OF_A_LOCK = 10;

    /// A semaphore with more permits than this never counts as a lock.
    private static final int MAX_SIZE_OF_A_LOCK = 64;

    private static final VarHandle STATE =
            ConstantBootstraps.fieldVarHandle(
                    MethodHandles.lookup(), "state", VarHandle.class, WeightedCore.class, long.class);

    private final long size;
    private final @Nullable StackTraceElement site = CallSites.ofNew();
    private final @Nullable World home = World.current();
    final WaitQueue queue = new WaitQueue(); // guarded by the short lock; empty if `state` is not negative
    private volatile long state; // CASed
    private volatile @Nullable PermitHolders holders; // null: not known, now or later
    private int ownReleases; // up to RELEASES_OF_A_LOCK; racy: a hint

    /// Creates a semaphore with `size` permits.
    public WeightedCore(long size) {
        this.size = size;
        this.holders = size <= MAX_SIZE_OF_A_LOCK ? new PermitHolders((int) size) : null;
    }

    /// Acquires `n` permits. Waits until they are available.
    public void acquire(long n, @Nullable Cancellation cancellation) {
        World.point(SyncPoint.ACQUIRE, this);
        Sleeper.check(cancellation);
        if (!canEverGrant(n)) {
            throw Sleeper.sleepForever(WaitReason.SEMAPHORE_ACQUIRE, new PermitRequest(this, n), cancellation);
        }
        if (!tryTake(n)) {
            await(n, cancellation);
        }
        try {
            Sleeper.check(cancellation); // it may have come before the release of the permits
        } catch (Throwable cause) {
            giveBack(n);
            throw cause;
        }
        HappensBefore.acquire(this);
    }

    /// Acquires `n` permits if they are available and no goroutine waits, and returns whether it did.
    public boolean tryAcquire(long n) {
        World.point(SyncPoint.TRY_ACQUIRE, this);
        if (!tryTake(n)) {
            return false;
        }
        HappensBefore.acquire(this);
        return true;
    }

    /// Releases `n` permits, whichever thread acquired them. Returns false if fewer are taken.
    public boolean release(long n) {
        World.point(SyncPoint.RELEASE, this);
        HappensBefore.release(this);
        return giveBack(n);
    }

    // The parts of an acquisition that is an arm of a select.

    /// Returns whether `n` permits are available and no goroutine waits: a snapshot.
    public boolean looksFree(long n) {
        long seen = state;
        return seen >= 0 && n <= size - seen;
    }

    /// Acquires `n` permits, like [#tryAcquire], without a scheduling point.
    public boolean attempt(long n) {
        if (!tryTake(n)) {
            return false;
        }
        HappensBefore.acquire(this);
        return true;
    }

    /// Adds `waiter` to the queue, with `request`. If the permits have just become available, grants them. Does nothing
    /// if the select has another result already. Runs under the lock.
    public void join(Waiter waiter, PermitRequest request) {
        waiter.value = request;
        if (waiter.sleeper.isAsleep() && completeOrJoin(waiter) && !waiter.sleeper.claimForLock(waiter)) {
            var _ = tryGiveBack(request.wanted()); // no goroutine waits
        }
    }

    /// Called by the thread that requested `n` permits, after another thread has granted them.
    public void granted(long n) {
        recordAcquired(n);
        HappensBefore.acquire(this);
    }

    private boolean tryTake(long n) {
        for (long seen = state; seen >= 0 && n <= size - seen; seen = state) {
            if (STATE.compareAndSet(this, seen, seen + n)) {
                recordAcquired(n);
                return true;
            }
        }
        return false;
    }

    private void await(long n, @Nullable Cancellation cancellation) {
        var request = new PermitRequest(this, n);
        Waiter waiter = new Sleeper(WaitReason.SEMAPHORE_ACQUIRE, request);
        waiter.value = request;
        var _ = await(waiter, cancellation);
        recordAcquired(n);
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

    /// Waiters behind `waiter` may continue.
    @Override
    protected @Nullable Waiter leave(Waiter waiter) {
        queue.remove(waiter);
        return state < 0 ? serve(~state) : null;
    }

    private boolean giveBack(long n) {
        boolean certain = state >= n;
        if (certain) {
            recordReleased(n); // before the permits are free: the next holder needs the slot
        }
        return certain && tryGiveBack(n) || giveBackSlow(n, certain);
    }

    private boolean tryGiveBack(long n) {
        for (long seen = state; seen >= n; seen = state) {
            if (STATE.compareAndSet(this, seen, seen - n)) {
                return true;
            }
        }
        return false;
    }

    /// Runs under the lock, because a waiter that was granted permits may be awake and release them before the state
    /// says so.
    private boolean giveBackSlow(long n, boolean recorded) {
        Waiter served;
        acquire();
        try {
            if (!recorded && n <= taken()) {
                recordReleased(n);
            }
            if (tryGiveBack(n)) {
                return true;
            }
            long taken = ~state; // negative if no goroutine waits
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

    /// With `taken` permits taken, takes permits for the first waiters, as many as there are permits for, and claims
    /// these waiters. Returns them as a chain.
    private @Nullable Waiter serve(long taken) {
        Waiter served = null;
        long all = taken;
        for (Waiter next = firstThatFits(size - all); next != null; next = firstThatFits(size - all)) {
            queue.remove(next);
            long n = wanted(next);
            if (next.sleeper.claimForLock(next)) {
                all += n;
                served = WaitQueue.link(served, next);
            }
        }
        state = queue.isEmpty() ? all : ~all;
        return served;
    }

    /// Returns the first waiter, if `free` permits are sufficient. If not, returns the first of the waiters of the same
    /// select behind it for which they are: the requests of one select do not wait for each other. Returns null if
    /// there is none.
    private @Nullable Waiter firstThatFits(long free) {
        Waiter first = queue.first();
        for (Waiter next = first; first != null && next != null && next.sleeper == first.sleeper; next = next.next) {
            if (wanted(next) <= free) {
                return next;
            }
        }
        return null;
    }

    private static long wanted(Waiter waiter) {
        return ((PermitRequest) Objects.requireNonNull(waiter.value)).wanted();
    }

    /// Called by the thread that acquired the permits, not by the one that grants them: a waiter may continue, and
    /// release them, before it is woken.
    private void recordAcquired(long n) {
        World.acquired(this, n);
        if (n > 0 && holders instanceof PermitHolders known) {
            known.add(Thread.currentThread(), n);
        }
    }

    private void recordReleased(long n) {
        World.acquired(this, -n);
        if (n > 0 && holders instanceof PermitHolders known) {
            if (!known.remove(Thread.currentThread(), n)) {
                holders = null;
            } else if (ownReleases < RELEASES_OF_A_LOCK) {
                ownReleases++;
            }
        }
    }

    /// Returns whether the semaphore has at least `n` permits, taken or not.
    public boolean canEverGrant(long n) {
        return n <= size;
    }

    /// Returns the world in which the semaphore was made. A goroutine there may release permits.
    public @Nullable World home() {
        return home;
    }

    /// Returns how many permits are taken: a snapshot.
    public long taken() {
        long seen = state;
        return seen < 0 ? ~seen : seen;
    }

    /// Returns the ids of the threads that hold permits, in order, as long as the semaphore is used as a lock. Returns
    /// an empty list if they are not known.
    ///
    /// The list includes every holder that sleeps during the whole call: it acquired its permits before, and keeps them.
    private List<Long> holders() {
        return holders instanceof PermitHolders known && ownReleases >= RELEASES_OF_A_LOCK
                ? known.ids(taken())
                : List.of();
    }

    /// Returns the ids of the threads in the queue, in order.
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
