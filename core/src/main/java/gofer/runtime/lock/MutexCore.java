package gofer.runtime.lock;

import gofer.goroutine.Cancellation;
import gofer.goroutine.FatalError;
import gofer.goroutine.WaitReason;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.CallSites;
import gofer.runtime.park.Contention;
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
     * `state` is LOCKED, with the id of the thread that holds the lock, and three bits for the slow path, always changed by
     * compare-and-set. The holder is there for dumps and for the search for deadlocks; anybody may unlock.
     *
     *   WAITERS    the queue may hold somebody: unlock has to look
     *   WOKEN      a waiter has been woken and competes for the lock: unlock need not wake another
     *   STARVING   the next unlock hands the lock over instead of opening it
     *
     * To lock what is not LOCKED is one compare-and-set, whoever waits; so is to unlock while there is nobody to wake,
     * because nobody waits or because somebody competes already. The queue, WAITERS, WOKEN and STARVING change under
     * the short lock only.
     *
     * Normally an unlock opens the mutex and wakes the first waiter, which competes with whoever comes along: that is
     * fast, since a running goroutine need not wait for a sleeping one. A woken waiter that loses goes back to the front
     * of the queue, and if it has waited for more than a millisecond it sets STARVING. Then the mutex stays locked at
     * unlock and belongs to the first waiter, so nobody can overtake. A new owner that waited less, or that is the last,
     * ends the mode.
     *
     * An interrupt or a cancellation cannot lose a wake-up: who was claimed by an unlock competes, or owns the lock,
     * before it looks at anything else; who was called off was not claimed.
     *
     * Differs from Go's mutex.go: the queue is ours instead of a semaphore's, so there are no waiter counts to undo; and
     * nobody spins before it waits.
     */

    private static final long LOCKED = 1;
    private static final long WAITERS = 2;
    private static final long WOKEN = 4;
    private static final long STARVING = 8;
    private static final int HOLDER_SHIFT = 32; // the lower half of its id; 0 if not LOCKED
    private static final long HELD = LOCKED | -1L << HOLDER_SHIFT;

    private static final long STARVATION_NANOS = 1_000_000; // Go's: long against a hand-off, short for a person

    private static final VarHandle STATE =
            ConstantBootstraps.fieldVarHandle(
                    MethodHandles.lookup(), "state", VarHandle.class, MutexCore.class, long.class);

    final WaitQueue queue = new WaitQueue(); // guarded by the short lock
    private volatile long state; // CASed
    private final @Nullable StackTraceElement site;

    /// An unlocked mutex.
    public MutexCore() {
        this(CallSites.ofNew());
    }

    /// One that is part of something that was made at `site`.
    MutexCore(@Nullable StackTraceElement site) {
        this.site = site;
    }

    /// Takes the lock, waiting until it is free.
    public void lock(@Nullable Cancellation cancellation) {
        World.point(SyncPoint.LOCK, this);
        lock(WaitReason.MUTEX_LOCK, this, cancellation);
    }

    /// The same as a part of `whole`, for dumps.
    void lock(WaitReason reason, Object whole, @Nullable Cancellation cancellation) {
        Sleeper.check(cancellation);
        if (!tryLockNoPoint()) {
            lockSlow(reason, whole, cancellation);
        }
    }

    /// Takes the lock if it is free.
    public boolean tryLock() {
        World.point(SyncPoint.TRY_LOCK, this);
        return tryLockNoPoint();
    }

    /// Takes the lock if it is free, without a scheduling point: a step of something that has one.
    boolean tryLockNoPoint() {
        long seen = state;
        return (seen & LOCKED) == 0 && STATE.compareAndSet(this, seen, seen | heldBy(Thread.currentThread()));
    }

    /// Whether it is locked: a snapshot.
    public boolean isLocked() {
        return (state & LOCKED) != 0;
    }

    /// Gives the lock back, whoever took it.
    public void unlock() {
        World.point(SyncPoint.UNLOCK, this);
        unlockNoPoint();
    }

    /// Gives the lock back, without a scheduling point.
    void unlockNoPoint() {
        long seen = state;
        if (!isOpenedAtOnce(seen) || !STATE.compareAndSet(this, seen, seen & ~HELD)) {
            unlockSlow();
        }
    }

    /// Whether it is locked and there is nobody to wake: nobody waits, or a waiter that was woken competes and sees to what
    /// comes next.
    private static boolean isOpenedAtOnce(long seen) {
        return (seen & (LOCKED | STARVING)) == LOCKED && (seen & (WAITERS | WOKEN)) != WAITERS;
    }

    private static long heldBy(Thread thread) {
        return thread.threadId() << HOLDER_SHIFT | LOCKED;
    }

    private void lockSlow(WaitReason reason, Object whole, @Nullable Cancellation cancellation) {
        Competitor competitor = new Competitor(new Sleeper(reason, whole));
        while (await(competitor, cancellation)) {
            if (competitor.passed) {
                own(competitor.start);
                return;
            }
            competitor.woken = true;
            competitor.sleeper.rearm();
        }
    }

    /// A waiter that competes for the lock each time it is woken.
    private static final class Competitor extends Waiter {

        final long start = Timers.now();
        boolean woken; // at least once

        Competitor(Sleeper sleeper) {
            super(sleeper);
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
            waiter.noteDelay();
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
        noteQueue();
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
            noteQueue();
        } finally {
            release();
        }
        if (next != null) {
            next.sleeper.wake();
            Contention.MUTEX.delayed(delay);
        }
    }

    /// Claims the first waiter, to own the lock or to compete for it.
    private @Nullable Waiter claim(boolean toOwn) {
        for (Waiter waiter = queue.poll(); waiter != null; waiter = queue.poll()) {
            waiter.passed = toOwn;
            if (waiter.sleeper.claim(waiter)) {
                return waiter;
            }
        }
        return null;
    }

    /// The lock has been handed over to the caller, which has waited since `start`.
    private void own(long start) {
        acquire();
        try {
            if (queue.isEmpty() || Timers.now() - start < STARVATION_NANOS) {
                change(STARVING, 0);
            }
        } finally {
            release();
        }
    }

    /// With nobody left in the queue, the fast paths open again.
    private void noteQueue() {
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

    /// The id of who holds it, 0 if nobody does: a snapshot.
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
