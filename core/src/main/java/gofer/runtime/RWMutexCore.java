package gofer.runtime;

import gofer.goroutine.Cancellation;
import gofer.goroutine.FatalError;
import gofer.goroutine.WaitReason;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The algorithm of a reader/writer mutex.
public final class RWMutexCore extends ShortLock implements Waitable {

    /*
     * Writers first compete for a mutex of their own, `writers`. Who has it sets WRITER, which keeps new readers out, and
     * waits until the readers that are in have left. So at most one writer waits here, and between two writers the
     * running goroutines get their chance: no queue forms in which every operation costs a sleep.
     *
     * `state` is the number of readers that hold the lock, and two bits
     *   WRITER    a writer holds the lock or, if there are readers, waits until they have left
     *   WAITING   readers may wait until the writer has left; only with WRITER
     *
     * Without those bits every operation is one compare-and-set. The queues and the bits change under the short lock, but
     * for WRITER while nobody else is concerned. When the writer leaves, or gives up, all readers that wait get
     * the lock before any other writer. Who is claimed holds the lock: the state is changed on its behalf.
     *
     * The upper half of `state` is the exclusive or of marks, one for each reader inside, made of its thread's id: so for one
     * reader it tells which, and for several, whether it is those whom one supposes. It is 0 if there is none, even if a
     * lock was given back by another thread than took it.
     */

    private static final long WRITER = 1L << 30;
    private static final long WAITING = 1L << 31;
    private static final long READERS = WRITER - 1;
    private static final long NO_MARKS = (1L << 32) - 1;

    /// Spreads ids, which are small numbers, so that sets of them differ in their marks.
    private static final int SPREAD = 0x9E3779B1;

    private static final int GATHER = inverse(SPREAD);

    private static final VarHandle STATE =
            ConstantBootstraps.fieldVarHandle(
                    MethodHandles.lookup(), "state", VarHandle.class, RWMutexCore.class, long.class);

    private final @Nullable StackTraceElement site = Sites.ofNew();
    final MutexCore writers = new MutexCore(site);
    final WaitQueue first =
            new WaitQueue(); // the owner of `writers`, if it waits; guarded by the short lock, as the next
    final WaitQueue readers = new WaitQueue();
    private volatile long state; // CASed

    /// An unlocked one.
    public RWMutexCore() {}

    /// Takes the lock for writing, waiting until nobody holds it.
    public void lock(@Nullable Cancellation cancellation) {
        World.before(Operation.LOCK, this);
        writers.lock(WaitReason.RWMUTEX_LOCK, this, cancellation);
        if (!STATE.compareAndSet(this, 0L, WRITER)) {
            awaitReaders(cancellation);
        }
    }

    /// Takes the lock for reading, waiting until no writer holds it or waits for it.
    public void rLock(@Nullable Cancellation cancellation) {
        World.before(Operation.R_LOCK, this);
        Sleeper.check(cancellation);
        if (!enter()) {
            awaitWriter(cancellation);
        }
    }

    /// Takes the lock for writing if nobody holds it.
    public boolean tryLock() {
        World.before(Operation.TRY_LOCK, this);
        if (state != 0 || !writers.take()) {
            return false;
        }
        boolean locked = STATE.compareAndSet(this, 0L, WRITER);
        if (!locked) {
            writers.give();
        }
        return locked;
    }

    /// Takes the lock for reading if no writer holds it or waits for it.
    public boolean tryRLock() {
        World.before(Operation.TRY_R_LOCK, this);
        return enter();
    }

    private boolean enter() {
        long mark = mark(Thread.currentThread());
        for (long seen = state; (seen & WRITER) == 0; seen = state) {
            if (STATE.compareAndSet(this, seen, entered(seen, mark))) {
                return true;
            }
        }
        return false;
    }

    /// Gives back the lock for writing.
    public void unlock() {
        World.before(Operation.UNLOCK, this);
        if (!STATE.compareAndSet(this, WRITER, 0L)) {
            admitReaders();
        }
        writers.give();
    }

    /// Gives back the lock for reading.
    public void rUnlock() {
        World.before(Operation.R_UNLOCK, this);
        long mark = mark(Thread.currentThread());
        for (long seen = state; (seen & READERS) > 1 || (seen & NO_MARKS) == 1; seen = state) {
            if (STATE.compareAndSet(this, seen, left(seen, mark))) {
                return;
            }
        }
        Waiter writer = leaveToWriter(mark);
        if (writer != null) {
            long delay = writer.delay();
            writer.sleeper.wake();
            Contention.MUTEX.delayed(delay);
        }
    }

    private void awaitReaders(@Nullable Cancellation cancellation) {
        Waiter waiter = new Waiter(new Sleeper(WaitReason.RWMUTEX_LOCK, this));
        acquire();
        try {
            if ((long) STATE.getAndBitwiseOr(this, WRITER) == 0) {
                return;
            }
            waiter.noteDelay();
            first.addLast(waiter);
        } finally {
            release();
        }
        if (!waiter.sleeper.sleep(waiter, cancellation)) {
            giveUp(waiter);
            throw waiter.sleeper.calledOff();
        }
    }

    private void awaitWriter(@Nullable Cancellation cancellation) {
        Waiter waiter = new Waiter(new Sleeper(WaitReason.RWMUTEX_RLOCK, this));
        acquire();
        try {
            for (; ; ) {
                long seen = state;
                boolean free = (seen & WRITER) == 0;
                long next = free ? entered(seen, mark(Thread.currentThread())) : seen | WAITING;
                if (STATE.compareAndSet(this, seen, next)) {
                    if (free) {
                        return;
                    }
                    break;
                }
            }
            waiter.noteDelay();
            readers.addLast(waiter);
        } finally {
            release();
        }
        if (!waiter.sleeper.sleep(waiter, cancellation)) {
            acquire();
            readers.remove(waiter);
            release();
            throw waiter.sleeper.calledOff();
        }
    }

    /// Gives the lock of a writer that leaves to the readers that wait.
    private void admitReaders() {
        List<Waiter> admitted;
        acquire();
        try {
            long seen = state;
            if ((seen & WRITER) == 0 || (seen & READERS) != 0) {
                throw new FatalError("sync: Unlock of unlocked RWMutex");
            }
            admitted = readers.claimAll();
            state = entered(0, admitted); // nobody can change it beside a writer that holds the lock
        } finally {
            release();
        }
        long delay = Contention.MUTEX.isOn() ? admitted.stream().mapToLong(Waiter::delay).sum() : 0;
        WaitQueue.wakeAll(admitted);
        Contention.MUTEX.delayed(delay);
    }

    /// The writer that no longer waits for readers lets those in that wait for it.
    private void giveUp(Waiter writer) {
        List<Waiter> admitted;
        acquire();
        try {
            first.remove(writer);
            admitted = readers.claimAll();
            long seen;
            do {
                seen = state;
            } while (!STATE.compareAndSet(this, seen, entered(seen & ~(WRITER | WAITING), admitted)));
        } finally {
            release();
        }
        WaitQueue.wakeAll(admitted);
        writers.give();
    }

    /// Counts a reader out; the writer to be woken if that was the last one.
    private @Nullable Waiter leaveToWriter(long mark) {
        acquire();
        try {
            for (; ; ) {
                long seen = state;
                if ((seen & READERS) == 0) {
                    throw new FatalError("sync: RUnlock of unlocked RWMutex");
                }
                if (STATE.compareAndSet(this, seen, left(seen, mark))) {
                    return (seen & WRITER) != 0 && (seen & READERS) == 1 ? first.claimFirst() : null;
                }
            }
        } finally {
            release();
        }
    }

    /// Whether the readers inside are surely `threads`, and there are any.
    boolean isReadBy(List<Thread> threads) {
        long supposed = 0;
        for (Thread thread : threads) {
            supposed = entered(supposed, mark(thread));
        }
        return !threads.isEmpty() && (state & ~(WRITER | WAITING)) == supposed;
    }

    private static long mark(Thread reader) {
        int mark = (int) reader.threadId() * SPREAD;
        return (long) mark << 32;
    }

    private static long entered(long seen, long mark) {
        return (seen + 1) ^ mark;
    }

    private static long entered(long seen, List<Waiter> readers) {
        for (Waiter reader : readers) {
            seen = entered(seen, mark(reader.sleeper.thread()));
        }
        return seen;
    }

    private static long left(long seen, long mark) {
        long next = (seen - 1) ^ mark;
        return (next & READERS) == 0 ? next & NO_MARKS : next;
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
                : MutexCore.ofOne(inside == 1 ? Integer.toUnsignedLong((int) (seen >>> 32) * GATHER) : 0);
    }

    @Override
    public String toString() {
        long seen = state;
        long holders = seen & READERS;
        return "rwmutex" + (holders > 0 ? " (" + holders + " readers)" : (seen & WRITER) != 0 ? " (write-locked)" : "");
    }
}
