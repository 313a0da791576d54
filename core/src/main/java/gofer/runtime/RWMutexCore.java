package gofer.runtime;

import gofer.goroutine.Cancellation;
import gofer.goroutine.FatalError;
import gofer.goroutine.WaitReason;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The algorithm of a reader/writer mutex.
public final class RWMutexCore extends ShortLock {

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
     */

    private static final int WRITER = 1 << 30;
    private static final int WAITING = 1 << 31;
    private static final int READERS = WRITER - 1;

    private static final VarHandle STATE =
            ConstantBootstraps.fieldVarHandle(
                    MethodHandles.lookup(), "state", VarHandle.class, RWMutexCore.class, int.class);

    final MutexCore writers = new MutexCore();
    final WaitQueue first =
            new WaitQueue(); // the owner of `writers`, if it waits; guarded by the short lock, as the next
    final WaitQueue readers = new WaitQueue();
    private volatile int state; // CASed

    /// An unlocked one.
    public RWMutexCore() {}

    /// Takes the lock for writing, waiting until nobody holds it.
    public void lock(@Nullable Cancellation cancellation) {
        writers.lock(WaitReason.RWMUTEX_LOCK, this, cancellation);
        if (!STATE.compareAndSet(this, 0, WRITER)) {
            awaitReaders(cancellation);
        }
    }

    /// Takes the lock for reading, waiting until no writer holds it or waits for it.
    public void rLock(@Nullable Cancellation cancellation) {
        Sleeper.check(cancellation);
        if (!tryRLock()) {
            awaitWriter(cancellation);
        }
    }

    /// Takes the lock for writing if nobody holds it.
    public boolean tryLock() {
        if (state != 0 || !writers.tryLock()) {
            return false;
        }
        boolean locked = STATE.compareAndSet(this, 0, WRITER);
        if (!locked) {
            writers.unlock();
        }
        return locked;
    }

    /// Takes the lock for reading if no writer holds it or waits for it.
    public boolean tryRLock() {
        for (int seen = state; (seen & WRITER) == 0; seen = state) {
            if (STATE.compareAndSet(this, seen, seen + 1)) {
                return true;
            }
        }
        return false;
    }

    /// Gives back the lock for writing.
    public void unlock() {
        if (!STATE.compareAndSet(this, WRITER, 0)) {
            admitReaders();
        }
        writers.unlock();
    }

    /// Gives back the lock for reading.
    public void rUnlock() {
        for (int seen = state; (seen & READERS) > 1 || seen == 1; seen = state) {
            if (STATE.compareAndSet(this, seen, seen - 1)) {
                return;
            }
        }
        Waiter writer = leaveToWriter();
        if (writer != null) {
            writer.sleeper.wake();
        }
    }

    private void awaitReaders(@Nullable Cancellation cancellation) {
        Waiter waiter = new Waiter(new Sleeper(WaitReason.RWMUTEX_LOCK, this));
        acquire();
        try {
            if (change(0, WRITER) == 0) {
                return;
            }
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
                int seen = state;
                boolean free = (seen & WRITER) == 0;
                if (STATE.compareAndSet(this, seen, free ? seen + 1 : seen | WAITING)) {
                    if (free) {
                        return;
                    }
                    break;
                }
            }
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
            int seen = state;
            if ((seen & WRITER) == 0 || (seen & READERS) != 0) {
                throw new FatalError("sync: Unlock of unlocked RWMutex");
            }
            admitted = readers.claimAll();
            state = admitted.size(); // nobody can change it beside a writer that holds the lock
        } finally {
            release();
        }
        WaitQueue.wakeAll(admitted);
    }

    /// The writer that no longer waits for readers lets those in that wait for it.
    private void giveUp(Waiter writer) {
        List<Waiter> admitted;
        acquire();
        try {
            first.remove(writer);
            admitted = readers.claimAll();
            change(WRITER | WAITING, admitted.size());
        } finally {
            release();
        }
        WaitQueue.wakeAll(admitted);
        writers.unlock();
    }

    /// Counts a reader out; the writer to be woken if that was the last one.
    private @Nullable Waiter leaveToWriter() {
        acquire();
        try {
            for (; ; ) {
                int seen = state;
                if ((seen & READERS) == 0) {
                    throw new FatalError("sync: RUnlock of unlocked RWMutex");
                }
                if (STATE.compareAndSet(this, seen, seen - 1)) {
                    return (seen & WRITER) != 0 && (seen & READERS) == 1 ? first.claimFirst() : null;
                }
            }
        } finally {
            release();
        }
    }

    /// Clears some bits of the state, then adds to it; returns what it was before.
    private int change(int clear, int add) {
        for (; ; ) {
            int seen = state;
            if (STATE.compareAndSet(this, seen, (seen & ~clear) + add)) {
                return seen;
            }
        }
    }

    @Override
    public String toString() {
        int seen = state;
        int holders = seen & READERS;
        return "rwmutex" + (holders > 0 ? " (" + holders + " readers)" : (seen & WRITER) != 0 ? " (write-locked)" : "");
    }
}
