package gofer.sync;

import gofer.goroutine.Cancellation;
import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;

/// Something that can be locked and unlocked: a [Mutex], an [RWMutex], or its [RWMutex#rLocker].
///
/// **Go:** `sync.Locker`.
@CheckReturnValue
public interface Locker {

    /// Waits until the lock is available and locks it. Throws [gofer.goroutine.InterruptException] if interrupted while
    /// waiting; then the lock is not held.
    @CanIgnoreReturnValue
    Held lock();

    /// Locks. If `ctx` is cancelled first, throws the context's cause, and the lock is not held.
    @CanIgnoreReturnValue
    Held lock(Cancellation ctx);

    /// Unlocks. Any goroutine may unlock. Throws [gofer.goroutine.FatalError] if the lock is not locked.
    void unlock();
}
