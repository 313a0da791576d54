package gofer.sync;

import gofer.goroutine.Cancellation;
import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.lock.RWMutexCore;
import java.util.Objects;

/// A lock that is held by any number of readers or by one writer.
///
/// {@snippet file="snippets/ReadMostly.java" region="rwmutex"}
///
/// While a writer waits, new readers wait behind it. So a goroutine that locks for reading twice can deadlock, and a
/// read lock cannot be upgraded to a write lock. The lock has no owner: another goroutine may unlock it.
///
/// **Memory:** an unlock happens before the return of every later lock and read lock. A read unlock happens before the
/// return of every later lock.
///
/// **Go:** `sync.RWMutex`.
@CheckReturnValue
public final class RWMutex implements Locker {

    final RWMutexCore core = new RWMutexCore();
    private final Held held = this::unlock;
    private final Held rHeld = this::rUnlock;

    /// Creates an unlocked lock.
    public RWMutex() {}

    /// Locks for writing: waits until no reader or writer holds the lock.
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

    /// Locks for writing if no reader or writer holds the lock, without waiting. Returns whether it locked.
    public boolean tryLock() {
        return core.tryLock();
    }

    @Override
    public void unlock() {
        core.unlock();
    }

    /// Locks for reading: waits until no writer holds the lock or waits for it. Throws
    /// [gofer.goroutine.InterruptException] if interrupted while waiting; then the lock is not held.
    @CanIgnoreReturnValue
    public Held rLock() {
        core.rLock(null);
        return rHeld;
    }

    /// Locks for reading. If `ctx` is cancelled first, throws the context's cause, and the lock is not held.
    @CanIgnoreReturnValue
    public Held rLock(Cancellation ctx) {
        core.rLock(Objects.requireNonNull(ctx, "ctx"));
        return rHeld;
    }

    /// Locks for reading if no writer holds the lock or waits for it, without waiting. Returns whether it locked.
    public boolean tryRLock() {
        return core.tryRLock();
    }

    /// Releases one read lock. Throws [gofer.goroutine.FatalError] if the lock is not locked for reading.
    public void rUnlock() {
        core.rUnlock();
    }

    /// Returns the read lock as a [Locker], for a [Cond] for example.
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
