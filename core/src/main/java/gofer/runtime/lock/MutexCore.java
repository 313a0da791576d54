package gofer.runtime.lock;

import gofer.goroutine.Cancellation;
import gofer.goroutine.FatalError;
import gofer.goroutine.WaitReason;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.CallSites;
import gofer.runtime.park.Contention;
import gofer.runtime.park.HappensBefore;
import gofer.runtime.park.Sleeper;
import gofer.runtime.park.Timers;
import gofer.runtime.park.WaitQueue;
import gofer.runtime.park.Waiter;
import gofer.runtime.park.World;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The algorithm of a mutex.
public final class MutexCore extends LockCore {

    /*
     * `state` is LOCKED, with the id of the thread that holds the lock, and three bits for the slow path. It always
     * changes by compare-and-set. The holder is kept for dumps and for the search for deadlocks. Any thread may unlock.
     *
     *   WAITERS    the queue may not be empty: unlock has to check
     *   WOKEN      a waiter has been woken and competes for the lock: unlock need not wake another
     *   STARVING   the next unlock hands the lock over instead of opening it
     *
     * Locking takes one compare-and-set if the mutex is not LOCKED, even if goroutines wait. Unlocking takes one if there
     * is no waiter to wake: none waits, or one competes already. The queue, WAITERS, WOKEN and STARVING change only under
     * the short lock.
     *
     * Normally, an unlock opens the mutex and wakes the first waiter, which competes with newcomers. That is fast, because
     * a running goroutine need not wait for a sleeping one. A woken waiter that loses goes back to the front of the queue.
     * If it has waited for more than a millisecond, it sets STARVING. From then on, the mutex stays locked at unlock and
     * belongs to the first waiter, so no goroutine can overtake. A new owner ends this mode if it waited less, or if it is
     * the last waiter.
     *
     * An interrupt or a cancellation cannot lose a wake-up. A waiter that an unlock has claimed competes, or owns the lock,
     * before it checks for either. A waiter whose wait was called off has not been claimed.
     *
     * Differs from Go's mutex.go: the queue is our own instead of a semaphore's, so no waiter count has to be
     * corrected, and goroutines do not spin before they wait.
     */

    private static final long LOCKED = 1;
    private static final long WAITERS = 2;
    private static final long WOKEN = 4;
    private static final long STARVING = 8;
    private static final int HOLDER_SHIFT = 32; // the lower half of its id; 0 if not LOCKED
    private static final long HELD = LOCKED | -1L << HOLDER_SHIFT;

    private static final long STARVATION_NANOS =
            1_000_000; // as in Go: long compared with a hand-off, too short for users to notice

    private static final VarHandle STATE =
            ConstantBootstraps.fieldVarHandle(
                    MethodHandles.lookup(), "state", VarHandle.class, MutexCore.class, long.class);

    final WaitQueue queue = new WaitQueue(); // guarded by the short lock
    private volatile long state; // CASed
    private final @Nullable StackTraceElement site;

    /// Creates an unlocked mutex.
    public MutexCore() {
        this(CallSites.ofNew());
    }

    /// Creates a mutex that is part of an object created at `site`.
    MutexCore(@Nullable StackTraceElement site) {
        this.site = site;
    }

    /// Locks the mutex. Waits until it is free.
    public void lock(@Nullable Cancellation cancellation) {
        World.point(SyncPoint.LOCK, this);
        lock(WaitReason.MUTEX_LOCK, this, cancellation);
        HappensBefore.acquire(this);
    }

    /// Locks the mutex, which is a part of `target`. Dumps show that the goroutine waits for `target`, and `target` has the
    /// edges for [HappensBefore].
    void lock(WaitReason reason, Object target, @Nullable Cancellation cancellation) {
        Sleeper.check(cancellation);
        if (!tryLockNoPoint()) {
            lockSlow(reason, target, cancellation);
        }
    }

    /// Locks the mutex if it is free, and returns whether it did.
    public boolean tryLock() {
        World.point(SyncPoint.TRY_LOCK, this);
        if (!tryLockNoPoint()) {
            return false;
        }
        HappensBefore.acquire(this);
        return true;
    }

    /// Like [#tryLock], without a scheduling point and edges, for an operation that has its own.
    boolean tryLockNoPoint() {
        long seen = state;
        return (seen & LOCKED) == 0 && STATE.compareAndSet(this, seen, seen | heldBy(Thread.currentThread()));
    }

    /// Returns whether the mutex is locked: a snapshot.
    public boolean isLocked() {
        return (state & LOCKED) != 0;
    }

    /// Unlocks the mutex, whichever thread locked it.
    public void unlock() {
        World.point(SyncPoint.UNLOCK, this);
        HappensBefore.release(this);
        unlockNoPoint();
    }

    /// Like [#unlock], without a scheduling point and edges.
    void unlockNoPoint() {
        long seen = state;
        if (!canOpenAtOnce(seen) || !STATE.compareAndSet(this, seen, seen & ~HELD)) {
            unlockSlow();
        }
    }

    /// Returns whether the mutex is locked and no waiter has to be woken: none waits, or one that was woken competes and
    /// takes care of the next.
    private static boolean canOpenAtOnce(long seen) {
        return (seen & (LOCKED | STARVING)) == LOCKED && (seen & (WAITERS | WOKEN)) != WAITERS;
    }

    private static long heldBy(Thread thread) {
        return thread.threadId() << HOLDER_SHIFT | LOCKED;
    }

    private void lockSlow(WaitReason reason, Object target, @Nullable Cancellation cancellation) {
        Competitor competitor = new Competitor(reason, target);
        while (await(competitor, cancellation)) {
            if (competitor.passed) {
                becomeOwner(competitor.start);
                return;
            }
            competitor.woken = true;
            competitor.rearm();
        }
    }

    /// A waiter that competes for the lock each time it is woken.
    private static final class Competitor extends Sleeper {

        final long start = Timers.now();
        boolean woken; // at least once

        Competitor(WaitReason reason, Object target) {
            super(reason, target);
        }

        boolean isStarving() {
            return woken && Timers.now() - start > STARVATION_NANOS;
        }
    }

    @Override
    boolean completeOrJoin(Waiter waiter) {
        Competitor competitor = (Competitor) waiter;
        boolean woken = competitor.woken;
        boolean starving = competitor.isStarving();
        for (; ; ) {
            long seen = state;
            boolean free = (seen & LOCKED) == 0;
            long next = seen | (free ? heldBy(Thread.currentThread()) : starving ? WAITERS | STARVING : WAITERS);
            if (woken) {
                next &= ~WOKEN;
            }
            if (!STATE.compareAndSet(this, seen, next)) {
                continue;
            }
            waiter.startDelay();
            if (!free && woken) {
                queue.addFirst(waiter);
            } else if (!free) {
                queue.addLast(waiter);
            }
            return free;
        }
    }

    @Override
    protected @Nullable Waiter leave(Waiter waiter) {
        queue.remove(waiter);
        clearBitsIfEmpty();
        return null;
    }

    private void unlockSlow() {
        Waiter next;
        long delay = 0;
        acquire();
        try {
            long seen = state;
            if ((seen & LOCKED) == 0) {
                throw new FatalError("sync: unlock of unlocked mutex");
            }
            boolean handOver = (seen & STARVING) != 0;
            next = handOver || (seen & WOKEN) == 0 ? claim(handOver) : null;
            if (next != null && Contention.MUTEX.isOn()) {
                delay = queue.delay(next);
            }
            if (next == null) {
                change(HELD | (handOver ? STARVING : 0), 0);
            } else {
                change(HELD, handOver ? heldBy(next.sleeper.thread()) : WOKEN);
            }
            clearBitsIfEmpty();
        } finally {
            release();
        }
        if (next != null) {
            next.sleeper.wake();
            Contention.MUTEX.recordDelay(delay);
        }
    }

    /// Claims the first waiter, which then owns the lock or competes for it.
    private @Nullable Waiter claim(boolean toOwn) {
        for (Waiter waiter = queue.poll(); waiter != null; waiter = queue.poll()) {
            waiter.passed = toOwn;
            if (waiter.sleeper.claimForLock(waiter)) {
                return waiter;
            }
        }
        return null;
    }

    /// Ends the starvation mode if the caller, to which the lock was handed over, waited only briefly, or is the last.
    private void becomeOwner(long start) {
        acquire();
        try {
            if (queue.isEmpty() || Timers.now() - start < STARVATION_NANOS) {
                change(STARVING, 0);
            }
        } finally {
            release();
        }
    }

    /// Clears the bits of the slow path if the queue is empty, so that the fast paths work again.
    private void clearBitsIfEmpty() {
        if (queue.isEmpty()) {
            change(WAITERS | STARVING, 0);
        }
    }

    private void change(long clear, long set) {
        long seen;
        do {
            seen = state;
        } while (!STATE.compareAndSet(this, seen, seen & ~clear | set));
    }

    @Override
    public String kind() {
        return "mutex";
    }

    @Override
    public @Nullable StackTraceElement site() {
        return site;
    }

    @Override
    public Map<String, Object> facts() {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("locked", isLocked());
        facts.put("waiting", queue.size());
        return facts;
    }

    @Override
    public List<Long> blockers(WaitReason reason) {
        return ofOne(holder());
    }

    /// Returns the id of the holder, or 0 if the mutex is not locked: a snapshot.
    long holder() {
        return state >>> HOLDER_SHIFT;
    }

    static List<Long> ofOne(long id) {
        return id == 0 ? List.of() : List.of(id);
    }

    @Override
    public String toString() {
        return "mutex" + (isLocked() ? " (locked)" : "");
    }
}
