package gofer.runtime.lock;

import gofer.goroutine.Cancellation;
import gofer.goroutine.FatalError;
import gofer.goroutine.WaitReason;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.CallSites;
import gofer.runtime.park.Contention;
import gofer.runtime.park.HappensBefore;
import gofer.runtime.park.Sleeper;
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

/// The algorithm of a reader/writer mutex.
public final class RWMutexCore extends LockCore {

    /*
     * Writers first compete for a mutex of their own, `writers`. The writer that holds it sets WRITER, which keeps new
     * readers out, and waits until the readers inside have left. So at most one writer waits here. Between two writers,
     * running goroutines can take the lock: so no queue forms in which every operation costs a sleep.
     *
     * `state` is the number of readers that hold the lock, and two bits
     *   WRITER    a writer holds the lock or, if there are readers, waits until they have left
     *   WAITING   readers may wait until the writer has left; only with WRITER
     *
     * Without those bits, every operation changes the state once. Readers change it by adding, so readers on several cores
     * do not make each other retry. A reader that adds itself although a writer came first subtracts itself again, like a
     * reader that leaves. So for a moment there may be readers while a writer holds the lock. A waiting writer is in
     * the queue `waitingWriter`; a writer that holds the lock is not.
     *
     * The queues and the bits change under the short lock, except WRITER while no other goroutine is involved. When the
     * writer leaves, or gives up, all waiting readers get the lock before any other writer. A claimed waiter holds the
     * lock: the claiming thread changes the state on its behalf.
     *
     * The upper half of `state` is the sum of the marks of the readers inside. A mark is computed from the id of the
     * thread. So the sum identifies a single reader, and for several readers it can confirm an assumed set. If one
     * thread takes a read lock and another releases it, the sum is wrong until no reader is inside.
     *
     * Edges for HappensBefore: what writers and readers release has separate parts, because readers do not order each other.
     * `writers` has no edges, because a writer that gives up orders nothing.
     */

    private static final long WRITER = 1L << 30;
    private static final long WAITING = 1L << 31;
    private static final long READERS = WRITER - 1;

    /// Spreads ids, which are small numbers, so that different sets of ids have different sums of marks.
    private static final int SPREAD = 0x9E3779B1;

    private static final int UNSPREAD = inverse(SPREAD);

    private static final int BY_WRITERS = 0; // parts for HappensBefore: what writers released
    private static final int BY_READERS = 1;

    private static final VarHandle STATE =
            ConstantBootstraps.fieldVarHandle(
                    MethodHandles.lookup(), "state", VarHandle.class, RWMutexCore.class, long.class);

    private final @Nullable StackTraceElement site = CallSites.ofNew();
    final MutexCore writers = new MutexCore(site);
    // The next two fields are guarded by the short lock.
    final WaitQueue waitingWriter = new WaitQueue(); // the owner of `writers`, if it waits
    final WaitQueue readers = new WaitQueue();
    private volatile long state; // CASed, and added to

    /// Creates an unlocked mutex.
    public RWMutexCore() {}

    /// Locks for writing. Waits until no other goroutine holds the lock.
    public void lock(@Nullable Cancellation cancellation) {
        World.point(SyncPoint.LOCK, this);
        writers.lock(WaitReason.RWMUTEX_LOCK, this, cancellation);
        if (!STATE.compareAndSet(this, 0L, WRITER)) {
            awaitReaders(cancellation);
        }
        acquireAll();
    }

    private void acquireAll() {
        HappensBefore.acquire(this, BY_WRITERS);
        HappensBefore.acquire(this, BY_READERS);
    }

    /// Locks for reading. Waits until no writer holds the lock or waits for it.
    public void rLock(@Nullable Cancellation cancellation) {
        World.point(SyncPoint.R_LOCK, this);
        Sleeper.check(cancellation);
        if (!tryEnter(mark(Thread.currentThread()))) {
            awaitWriter(cancellation);
        }
        HappensBefore.acquire(this, BY_WRITERS);
        World.acquired(this, 1);
    }

    /// Locks for writing if no goroutine holds the lock, and returns whether it did.
    public boolean tryLock() {
        World.point(SyncPoint.TRY_LOCK, this);
        long seen = state;
        if ((seen & (WRITER | READERS)) != 0 || !writers.tryLockNoPoint()) {
            return false;
        }
        if (!STATE.compareAndSet(this, seen, WRITER)) {
            writers.unlockNoPoint();
            return false;
        }
        acquireAll();
        return true;
    }

    /// Locks for reading if no writer holds the lock or waits for it, and returns whether it did.
    public boolean tryRLock() {
        World.point(SyncPoint.TRY_R_LOCK, this);
        long mark = mark(Thread.currentThread());
        for (long seen = state; (seen & WRITER) == 0; seen = state) {
            if (STATE.compareAndSet(this, seen, seen + mark)) {
                HappensBefore.acquire(this, BY_WRITERS);
                World.acquired(this, 1);
                return true;
            }
        }
        return false;
    }

    private boolean tryEnter(long mark) {
        if ((state & WRITER) != 0) {
            return false;
        }
        boolean inside = ((long) STATE.getAndAdd(this, mark) & WRITER) == 0;
        if (!inside) {
            leave(mark);
        }
        return inside;
    }

    /// Unlocks for writing.
    public void unlock() {
        World.point(SyncPoint.UNLOCK, this);
        HappensBefore.release(this, BY_WRITERS);
        if (!STATE.compareAndSet(this, WRITER, 0L)) {
            admitReaders();
        }
        writers.unlockNoPoint();
    }

    /// Unlocks for reading.
    public void rUnlock() {
        World.point(SyncPoint.R_UNLOCK, this);
        if ((state & READERS) == 0) {
            throw notLocked();
        }
        HappensBefore.release(this, BY_READERS);
        World.acquired(this, -1);
        leave(mark(Thread.currentThread()));
    }

    private void leave(long mark) {
        long before = (long) STATE.getAndAdd(this, -mark);
        if ((before & READERS) == 0) { // another thread has released the last read lock meanwhile
            STATE.getAndAdd(this, mark);
            throw notLocked();
        }
        long left = before - mark;
        if ((left & WRITER) == 0) {
            clearMarks(left);
        } else if ((left & READERS) == 0) {
            admitWriter();
        }
    }

    private static FatalError notLocked() {
        return new FatalError("sync: RUnlock of unlocked RWMutex");
    }

    /// Gives the lock to the waiting writer if the readers have left.
    private void admitWriter() {
        Waiter writer;
        acquire();
        try {
            writer = (state & READERS) == 0 ? waitingWriter.claimFirst() : null;
        } finally {
            release();
        }
        if (writer != null) {
            long delay = writer.delay();
            writer.sleeper.wake();
            Contention.MUTEX.recordDelay(delay);
        }
    }

    private void awaitReaders(@Nullable Cancellation cancellation) {
        boolean locked = false;
        try {
            await(new Sleeper(WaitReason.RWMUTEX_LOCK, this), cancellation);
            locked = true;
        } finally {
            if (!locked) {
                writers.unlockNoPoint();
            }
        }
    }

    private void awaitWriter(@Nullable Cancellation cancellation) {
        await(new Sleeper(WaitReason.RWMUTEX_RLOCK, this), cancellation);
    }

    private static boolean isWriter(Waiter waiter) {
        return waiter.sleeper.reason() == WaitReason.RWMUTEX_LOCK;
    }

    @Override
    boolean completeOrJoin(Waiter waiter) {
        boolean writes = isWriter(waiter);
        if (writes ? announceWriter() : tryAddReader()) {
            return true;
        }
        waiter.startDelay();
        (writes ? waitingWriter : readers).addLast(waiter);
        return false;
    }

    /// Sets WRITER, which keeps new readers out. Returns whether no reader holds the lock.
    private boolean announceWriter() {
        return ((long) STATE.getAndAdd(this, WRITER) & READERS) == 0;
    }

    /// Adds the current thread to the readers if no writer holds the lock or waits for it; otherwise sets WAITING. Returns
    /// whether it was added.
    private boolean tryAddReader() {
        for (; ; ) {
            long seen = state;
            boolean free = (seen & WRITER) == 0;
            long next = free ? seen + mark(Thread.currentThread()) : seen | WAITING;
            if (STATE.compareAndSet(this, seen, next)) {
                return free;
            }
        }
    }

    /// If a writer gives up, admits the readers that wait for it.
    @Override
    protected @Nullable Waiter leave(Waiter waiter) {
        if (!isWriter(waiter)) {
            readers.remove(waiter);
            return null;
        }
        waitingWriter.remove(waiter);
        return admitWaitingReaders();
    }

    /// Gives the lock of a leaving writer to the waiting readers.
    private void admitReaders() {
        Waiter admitted;
        acquire();
        try {
            if ((state & WRITER) == 0 || !waitingWriter.isEmpty()) {
                throw new FatalError("sync: Unlock of unlocked RWMutex");
            }
            admitted = admitWaitingReaders();
        } finally {
            release();
        }
        long delay = 0;
        for (Waiter reader = admitted; reader != null && Contention.MUTEX.isOn(); reader = reader.next) {
            delay += reader.delay();
        }
        WaitQueue.wakeChain(admitted);
        Contention.MUTEX.recordDelay(delay);
    }

    /// Admits all readers that wait, instead of the writer, and returns them as a chain. Counts each before it claims it: a
    /// claimed reader may release the lock at once.
    private @Nullable Waiter admitWaitingReaders() {
        Waiter admitted = null;
        for (Waiter reader = readers.poll(); reader != null; reader = readers.poll()) {
            long mark = mark(reader.sleeper.thread());
            STATE.getAndAdd(this, mark);
            if (reader.sleeper.claimForLock(reader)) {
                admitted = WaitQueue.link(admitted, reader);
            } else {
                STATE.getAndAdd(this, -mark);
            }
        }
        clearMarks((long) STATE.getAndBitwiseAnd(this, ~(WRITER | WAITING)) & ~(WRITER | WAITING));
        return admitted;
    }

    /// Clears the marks that are left if no reader was inside at `seen`. Some are left if one thread took a read lock and
    /// another released it.
    private void clearMarks(long seen) {
        if ((seen & READERS) == 0 && seen != 0) {
            STATE.compareAndSet(this, seen, 0L);
        }
    }

    /// Returns how many readers hold the lock: a snapshot.
    public long readers() {
        return state & READERS;
    }

    /// Returns whether `threads` are the readers that hold the lock, as far as the marks show. Returns false if
    /// `threads` is empty.
    public boolean isReadBy(List<Thread> threads) {
        long assumed = threads.stream().mapToLong(RWMutexCore::mark).sum();
        return !threads.isEmpty() && (state & ~(WRITER | WAITING)) == assumed;
    }

    /// Returns the number that `reader` adds to the state.
    private static long mark(Thread reader) {
        return (long) fold((int) reader.threadId() * SPREAD) << 32 | 1;
    }

    /// Returns the id of the only reader inside.
    private static long idOf(long state) {
        return Integer.toUnsignedLong(fold((int) (state >>> 32)) * UNSPREAD);
    }

    /// Mixes the bits of a product. The function is its own inverse. Most sets with equal sums of ids get different sums.
    private static int fold(int bits) {
        return bits ^ bits >>> 16;
    }

    /// Returns the number that undoes a multiplication by `odd`. Each step doubles the number of correct bits, at first three.
    private static int inverse(int odd) {
        int inverse = odd;
        for (int right = 3; right < Integer.SIZE; right *= 2) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }

    @Override
    public String kind() {
        return "rwmutex";
    }

    @Override
    public @Nullable StackTraceElement site() {
        return site;
    }

    @Override
    public Map<String, Object> facts() {
        long seen = state;
        var facts = new LinkedHashMap<String, Object>();
        facts.put("readers", seen & READERS);
        facts.put("locked", (seen & (WRITER | READERS)) == WRITER);
        facts.put("waiting readers", readers.size());
        facts.put("waiting writers", waitingWriter.size() + writers.queue.size());
        return facts;
    }

    /// Returns the writer or the only reader. Several readers are not known.
    @Override
    public List<Long> blockers(WaitReason reason) {
        long seen = state;
        long inside = seen & READERS;
        return reason == WaitReason.RWMUTEX_RLOCK || inside == 0
                ? writers.blockers(reason)
                : MutexCore.ofOne(inside == 1 ? idOf(seen) : 0);
    }

    @Override
    public String toString() {
        long seen = state;
        long holders = seen & READERS;
        return "rwmutex" + (holders > 0 ? " (" + holders + " readers)" : (seen & WRITER) != 0 ? " (write-locked)" : "");
    }
}
