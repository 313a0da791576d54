package gofer.sync;

import gofer.goroutine.Cancellation;
import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.lock.MutexCore;
import java.util.Objects;

/// A mutual exclusion lock.
///
/// {@snippet file="snippets/Lock.java" region="mutex"}
///
/// It has no owner: one goroutine may lock it and another unlock it. It is not reentrant: a goroutine that locks it
/// twice waits forever. Goroutines that have waited longer than a millisecond are served in the order of arrival.
///
/// **Memory:** the n-th unlock happens before the return of every later lock.
///
/// **Go:** `sync.Mutex`.
@CheckReturnValue
public final class Mutex implements Locker {

    final MutexCore core = new MutexCore();
    private final Held held = this::unlock;

    /// An unlocked mutex.
    public Mutex() {}

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

    /// Locks if the mutex is unlocked, without waiting. Returns whether it locked. Needing it is often a sign of a
    /// deeper problem.
    ///
    /// **Memory:** a successful call has the effects of a lock. A failed call has no memory effect.
    public boolean tryLock() {
        return core.tryLock();
    }

    @Override
    public void unlock() {
        core.unlock();
    }

    @Override
    public String toString() {
        return core.toString();
    }
}
