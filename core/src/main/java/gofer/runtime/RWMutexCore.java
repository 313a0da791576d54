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
     * `state` is the number of readers that hold the lock, WRITER if a writer does, and WAITING if anybody waits.
     *
     * While WAITING is clear, every operation is one compare-and-set. While it is set, every operation takes the short
     * lock, so that nothing changes the state beside it; WAITING itself is set by compare-and-set.
     *
     * A reader waits if a writer holds the lock or waits for it; a writer waits if anybody holds it. When a writer
     * leaves, all readers that wait get the lock, before any other writer; when the last reader leaves, the first
     * writer gets it. If a waiting writer is called off, the readers that waited only for it go on.
     *
     * Who is claimed holds the lock: the state is changed on its behalf.
     */

    private static final int WRITER = 1 << 30;
    private static final int WAITING = 1 << 31;
    private static final int READERS = WRITER - 1;

    private static final VarHandle STATE =
            ConstantBootstraps.fieldVarHandle(
                    MethodHandles.lookup(), "state", VarHandle.class, RWMutexCore.class, int.class);

    final WaitQueue readers = new WaitQueue(); // guarded by the short lock, as the next
    final WaitQueue writers = new WaitQueue();
    private volatile int state; // CASed; with WAITING, written under the short lock

    /// An unlocked one.
    public RWMutexCore() {}

    /// Takes the lock for writing, waiting until nobody holds it.
    public void lock(@Nullable Cancellation cancellation) {
        Sleeper.check(cancellation);
        if (!tryLock()) {
            lockSlow(false, cancellation);
        }
    }

    /// Takes the lock for reading, waiting until no writer holds it or waits for it.
    public void rLock(@Nullable Cancellation cancellation) {
        Sleeper.check(cancellation);
        if (!tryRLock()) {
            lockSlow(true, cancellation);
        }
    }

    /// Takes the lock for writing if nobody holds it.
    public boolean tryLock() {
        return STATE.compareAndSet(this, 0, WRITER);
    }

    /// Takes the lock for reading if no writer holds it or waits for it.
    public boolean tryRLock() {
        for (int seen = state; (seen & (WRITER | WAITING)) == 0; seen = state) {
            if (STATE.compareAndSet(this, seen, seen + 1)) {
                return true;
            }
        }
        return false;
    }

    /// Gives back the lock for writing.
    public void unlock() {
        if (STATE.compareAndSet(this, WRITER, 0)) {
            return;
        }
        List<Waiter> next;
        acquire();
        try {
            if ((state & WRITER) == 0) {
                throw new FatalError("sync: Unlock of unlocked RWMutex");
            }
            next = grant(0, true);
        } finally {
            release();
        }
        WaitQueue.wakeAll(next);
    }

    /// Gives back the lock for reading.
    public void rUnlock() {
        if (tryRUnlock()) {
            return;
        }
        List<Waiter> next;
        acquire();
        try {
            if (tryRUnlock()) { // whoever waited has given up
                return;
            }
            int seen = state;
            if ((seen & WAITING) == 0 || (seen & READERS) == 0) {
                throw new FatalError("sync: RUnlock of unlocked RWMutex");
            }
            next = grant((seen & READERS) - 1, false);
        } finally {
            release();
        }
        WaitQueue.wakeAll(next);
    }

    /// Gives back the lock for reading if nobody waits.
    private boolean tryRUnlock() {
        for (int seen = state; (seen & WAITING) == 0 && (seen & READERS) > 0; seen = state) {
            if (STATE.compareAndSet(this, seen, seen - 1)) {
                return true;
            }
        }
        return false;
    }

    private void lockSlow(boolean reading, @Nullable Cancellation cancellation) {
        Sleeper sleeper = new Sleeper(reading ? WaitReason.RWMUTEX_RLOCK : WaitReason.RWMUTEX_LOCK, this);
        Waiter waiter = new Waiter(sleeper);
        acquire();
        try {
            for (; ; ) {
                int seen = state;
                boolean free = reading ? (seen & WRITER) == 0 && writers.isEmpty() : seen == 0;
                int next = !free ? seen | WAITING : reading ? seen + 1 : WRITER;
                if (STATE.compareAndSet(this, seen, next)) {
                    if (free) {
                        return;
                    }
                    break;
                }
            }
            (reading ? readers : writers).addLast(waiter);
        } finally {
            release();
        }
        if (!sleeper.sleep(waiter, cancellation)) {
            leave(waiter);
            throw sleeper.calledOff();
        }
    }

    private void leave(Waiter waiter) {
        List<Waiter> next;
        acquire();
        try {
            readers.remove(waiter);
            writers.remove(waiter);
            int seen = state;
            if ((seen & WAITING) == 0) {
                return; // whoever found this waiter called off has seen to it
            }
            if ((seen & WRITER) != 0) {
                state = WRITER | waiting();
                return;
            }
            next = grant(seen & READERS, false);
        } finally {
            release();
        }
        WaitQueue.wakeAll(next);
    }

    /// Gives the lock, held by `holders` readers and no writer, to whoever may have it now: those to be woken.
    private List<Waiter> grant(int holders, boolean readersFirst) {
        Waiter writer = holders == 0 && !readersFirst ? writers.claimFirst() : null;
        List<Waiter> admitted = List.of();
        if (writer == null && (readersFirst || writers.isEmpty())) {
            admitted = readers.claimAll();
            if (holders + admitted.size() == 0) {
                writer = writers.claimFirst();
            }
        }
        state = (writer != null ? WRITER : holders + admitted.size()) | waiting();
        return writer != null ? List.of(writer) : admitted;
    }

    private int waiting() {
        return readers.isEmpty() && writers.isEmpty() ? 0 : WAITING;
    }

    @Override
    public String toString() {
        int seen = state;
        int holders = seen & READERS;
        return "rwmutex" + ((seen & WRITER) != 0 ? " (write-locked)" : holders > 0 ? " (" + holders + " readers)" : "");
    }
}
