package gofer.sync;

import gofer.goroutine.Cancellation;
import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.lock.RWMutexCore;
import java.util.Objects;

/// A lock that any number of readers may hold, or one writer.
///
/// {@snippet file="snippets/ReadMostly.java" region="rwmutex"}
///
/// Once a writer waits, new readers wait behind it: so to lock for reading twice in one goroutine can deadlock, and a
/// read lock cannot be turned into a write lock. It has no owner: another goroutine may unlock it.
///
/// **Memory:** an unlock happens before the return of every later lock and read lock; a read unlock before the return of
/// every later lock.
///
/// **Go:** `sync.RWMutex`.
@CheckReturnValue
public final class RWMutex implements Locker {

    final RWMutexCore core = new RWMutexCore();
    private final Held held = this::unlock;
    private final Held rHeld = this::rUnlock;

    /// An unlocked one.
    public RWMutex() {}

    /// Locks for writing: waits until nobody holds the lock.
    @Override
    @CanIgnoreReturnValue
    public Held lock() {
        core.lock(null);
        return held;
    }

    @Override
    @CanIgnoreReturnValue
    public Held lock(Cancellation ctx) {
        core.lock(Objects.requireNonNull(ctx, "ctx"));
        return held;
    }

    /// Locks for writing if nobody holds the lock, and tells whether it did.
    public boolean tryLock() {
        return core.tryLock();
    }

    @Override
    public void unlock() {
        core.unlock();
    }

    /// Locks for reading: waits until no writer holds the lock or waits for it. Throws
    /// [gofer.goroutine.InterruptException] if interrupted while it waits; then the lock is not held.
    @CanIgnoreReturnValue
    public Held rLock() {
        core.rLock(null);
        return rHeld;
    }

    /// As [#rLock()], unless `ctx` is cancelled first: then throws the context's cause, and the lock is not held.
    @CanIgnoreReturnValue
    public Held rLock(Cancellation ctx) {
        core.rLock(Objects.requireNonNull(ctx, "ctx"));
        return rHeld;
    }

    /// Locks for reading if no writer holds the lock or waits for it, and tells whether it did.
    public boolean tryRLock() {
        return core.tryRLock();
    }

    /// Gives one read lock back. Throws [gofer.goroutine.FatalError] if there is none.
    public void rUnlock() {
        core.rUnlock();
    }

    /// The reading side as a lock of its own, for a [Cond].
    public Locker rLocker() {
        return new ReadSide(this);
    }

    @Override
    public String toString() {
        return core.toString();
    }

    private record ReadSide(RWMutex mutex) implements Locker {

        @Override
        public Held lock() {
            return mutex.rLock();
        }

        @Override
        public Held lock(Cancellation ctx) {
            return mutex.rLock(ctx);
        }

        @Override
        public void unlock() {
            mutex.rUnlock();
        }
    }
}
