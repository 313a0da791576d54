package gofer.sync;

import gofer.goroutine.Cancellation;
import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;

/// Something that can be locked and unlocked: a [Mutex], an [RWMutex], or its [RWMutex#rLocker].
///
/// **Go:** `sync.Locker`.
@CheckReturnValue
public interface Locker {

    /// Locks, waiting as long as it takes. Throws [gofer.goroutine.InterruptException] if interrupted while it waits; then
    /// the lock is not held.
    @CanIgnoreReturnValue
    Held lock();

    /// Locks, unless `ctx` is cancelled first: then throws the context's cause, and the lock is not held.
    @CanIgnoreReturnValue
    Held lock(Cancellation ctx);

    /// Unlocks. Any goroutine may do so. Throws [gofer.goroutine.FatalError] if it is not locked.
    void unlock();
}
