package gofer.runtime.lock;

import gofer.goroutine.Cancellation;
import gofer.goroutine.FatalError;
import gofer.goroutine.WaitReason;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.CallSites;
import gofer.runtime.park.Contention;
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
     * Writers first compete for a mutex of their own, `writers`. Who has it sets WRITER, which keeps new readers out, and
     * waits until the readers that are in have left. So at most one writer waits here, and between two writers the
     * running goroutines get their chance: no queue forms in which every operation costs a sleep.
     *
     * `state` is the number of readers that hold the lock, and two bits
     *   WRITER    a writer holds the lock or, if there are readers, waits until they have left
     *   WAITING   readers may wait until the writer has left; only with WRITER
     *
     * Without those bits every operation changes the state once, and readers do so by adding: those of several cores do not
     * make each other repeat it. A reader that adds itself although a writer was quicker takes itself back, as one that
     * leaves; so for a moment there may be readers beside a writer that holds the lock. The writer that waits is told from
     * the one that holds it by the queue `first`.
     *
     * The queues and the bits change under the short lock, but for WRITER while nobody else is concerned. When the writer
     * leaves, or gives up, all readers that wait get the lock before any other writer. Who is claimed holds the lock: the
     * state is changed on its behalf.
     *
     * The upper half of `state` is the sum of marks, one for each reader inside, made of its thread's id: so for one reader
     * it tells which, and for several, whether it is those whom one supposes. If locks are given back by other threads than
     * took them, it is wrong until nobody is inside.
     */

    private static final long WRITER = 1L << 30;
    private static final long WAITING = 1L << 31;
    private static final long READERS = WRITER - 1;

    /// Spreads ids, which are small numbers, so that sets of them differ in the sums of their marks.
    private static final int SPREAD = 0x9E3779B1;

    private static final int GATHER = inverse(SPREAD);

    private static final VarHandle STATE =
            ConstantBootstraps.fieldVarHandle(
                    MethodHandles.lookup(), "state", VarHandle.class, RWMutexCore.class, long.class);

    private final @Nullable StackTraceElement site = CallSites.ofNew();
    final MutexCore writers = new MutexCore(site);
    final WaitQueue first =
            new WaitQueue(); // the owner of `writers`, if it waits; guarded by the short lock, as the next
    final WaitQueue readers = new WaitQueue();
    private volatile long state; // CASed, and added to

    /// An unlocked one.
    public RWMutexCore() {}

    /// Takes the lock for writing, waiting until nobody holds it.
    public void lock(@Nullable Cancellation cancellation) {
        World.point(SyncPoint.LOCK, this);
        writers.lock(WaitReason.RWMUTEX_LOCK, this, cancellation);
        if (!STATE.compareAndSet(this, 0L, WRITER)) {
            awaitReaders(cancellation);
        }
    }

    /// Takes the lock for reading, waiting until no writer holds it or waits for it.
    public void rLock(@Nullable Cancellation cancellation) {
        World.point(SyncPoint.R_LOCK, this);
        Sleeper.check(cancellation);
        if (!enter(mark(Thread.currentThread()))) {
            awaitWriter(cancellation);
        }
        World.acquired(this, 1);
    }

    /// Takes the lock for writing if nobody holds it.
    public boolean tryLock() {
        World.point(SyncPoint.TRY_LOCK, this);
        long seen = state;
        if ((seen & (WRITER | READERS)) != 0 || !writers.tryLockNoPoint()) {
            return false;
        }
        boolean locked = STATE.compareAndSet(this, seen, WRITER);
        if (!locked) {
            writers.unlockNoPoint();
        }
        return locked;
    }

    /// Takes the lock for reading if no writer holds it or waits for it.
    public boolean tryRLock() {
        World.point(SyncPoint.TRY_R_LOCK, this);
        long mark = mark(Thread.currentThread());
        for (long seen = state; (seen & WRITER) == 0; seen = state) {
            if (STATE.compareAndSet(this, seen, seen + mark)) {
                World.acquired(this, 1);
                return true;
            }
        }
        return false;
    }

    private boolean enter(long mark) {
        if ((state & WRITER) != 0) {
            return false;
        }
        boolean inside = ((long) STATE.getAndAdd(this, mark) & WRITER) == 0;
        if (!inside) {
            leave(mark);
        }
        return inside;
    }

    /// Gives back the lock for writing.
    public void unlock() {
        World.point(SyncPoint.UNLOCK, this);
        if (!STATE.compareAndSet(this, WRITER, 0L)) {
            admitReaders();
        }
        writers.unlockNoPoint();
    }

    /// Gives back the lock for reading.
    public void rUnlock() {
        World.point(SyncPoint.R_UNLOCK, this);
        if ((state & READERS) == 0) {
            throw notLocked();
        }
        World.acquired(this, -1);
        leave(mark(Thread.currentThread()));
    }

    private void leave(long mark) {
        long before = (long) STATE.getAndAdd(this, -mark);
        if ((before & READERS) == 0) { // somebody else has given back the last one meanwhile
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

    /// Gives the lock to the writer that waits for readers, if they have left.
    private void admitWriter() {
        Waiter writer;
        acquire();
        try {
            writer = (state & READERS) == 0 ? first.claimFirst() : null;
        } finally {
            release();
        }
        if (writer != null) {
            long delay = writer.delay();
            writer.sleeper.wake();
            Contention.MUTEX.delayed(delay);
        }
    }

    private void awaitReaders(@Nullable Cancellation cancellation) {
        boolean locked = false;
        try {
            await(new Waiter(new Sleeper(WaitReason.RWMUTEX_LOCK, this)), cancellation);
            locked = true;
        } finally {
            if (!locked) {
                writers.unlockNoPoint();
            }
        }
    }

    private void awaitWriter(@Nullable Cancellation cancellation) {
        await(new Waiter(new Sleeper(WaitReason.RWMUTEX_RLOCK, this)), cancellation);
    }

    private static boolean isWriter(Waiter waiter) {
        return waiter.sleeper.reason() == WaitReason.RWMUTEX_LOCK;
    }

    @Override
    boolean completeOrJoin(Waiter waiter) {
        boolean writes = isWriter(waiter);
        if (writes ? isLockedAtOnce() : isReadLockedAtOnce()) {
            return true;
        }
        waiter.noteDelay();
        (writes ? first : readers).addLast(waiter);
        return false;
    }

    /// Sets WRITER, and returns whether no reader holds the lock.
    private boolean isLockedAtOnce() {
        return ((long) STATE.getAndAdd(this, WRITER) & READERS) == 0;
    }

    /// Adds the current thread to the readers if no writer holds the lock or waits for it; otherwise sets WAITING.
    private boolean isReadLockedAtOnce() {
        for (; ; ) {
            long seen = state;
            boolean free = (seen & WRITER) == 0;
            long next = free ? seen + mark(Thread.currentThread()) : seen | WAITING;
            if (STATE.compareAndSet(this, seen, next)) {
                return free;
            }
        }
    }

    /// A writer that no longer waits admits the readers that wait for it.
    @Override
    protected @Nullable Waiter leave(Waiter waiter) {
        if (!isWriter(waiter)) {
            readers.remove(waiter);
            return null;
        }
        first.remove(waiter);
        return open();
    }

    /// Gives the lock of a writer that leaves to the readers that wait.
    private void admitReaders() {
        Waiter admitted;
        acquire();
        try {
            if ((state & WRITER) == 0 || !first.isEmpty()) {
                throw new FatalError("sync: Unlock of unlocked RWMutex");
            }
            admitted = open();
        } finally {
            release();
        }
        long delay = 0;
        for (Waiter reader = admitted; reader != null && Contention.MUTEX.isOn(); reader = reader.next) {
            delay += reader.delay();
        }
        WaitQueue.wakeChain(admitted);
        Contention.MUTEX.delayed(delay);
    }

    /// Admits all readers that wait, instead of the writer, and returns them as a chain. Counts each before it claims it: a
    /// claimed reader may give back the lock.
    private @Nullable Waiter open() {
        Waiter admitted = null;
        for (Waiter reader = readers.poll(); reader != null; reader = readers.poll()) {
            long mark = mark(reader.sleeper.thread());
            STATE.getAndAdd(this, mark);
            if (reader.sleeper.claim(reader)) {
                admitted = WaitQueue.link(admitted, reader);
            } else {
                STATE.getAndAdd(this, -mark);
            }
        }
        clearMarks((long) STATE.getAndBitwiseAnd(this, ~(WRITER | WAITING)) & ~(WRITER | WAITING));
        return admitted;
    }

    /// If nobody was inside at `seen`, there may have been marks left: of locks that other threads gave back than took them.
    private void clearMarks(long seen) {
        if ((seen & READERS) == 0 && seen != 0) {
            STATE.compareAndSet(this, seen, 0L);
        }
    }

    /// How many readers are inside: a snapshot.
    public long readers() {
        return state & READERS;
    }

    /// Whether the readers inside are `threads`, as far as marks tell, and there are any.
    public boolean isReadBy(List<Thread> threads) {
        long supposed = threads.stream().mapToLong(RWMutexCore::mark).sum();
        return !threads.isEmpty() && (state & ~(WRITER | WAITING)) == supposed;
    }

    /// What `reader` adds to the state.
    private static long mark(Thread reader) {
        return (long) fold((int) reader.threadId() * SPREAD) << 32 | 1;
    }

    /// Of one reader.
    private static long idOf(long state) {
        return Integer.toUnsignedLong(fold((int) (state >>> 32)) * GATHER);
    }

    /// Its own inverse. Most equal sums of numbers become different ones.
    private static int fold(int bits) {
        return bits ^ bits >>> 16;
    }

    /// What takes back a multiplication by `odd`: each step doubles the bits that are right, at first three.
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
        facts.put("waiting writers", first.size() + writers.queue.size());
        return facts;
    }

    /// Several readers are not known.
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
