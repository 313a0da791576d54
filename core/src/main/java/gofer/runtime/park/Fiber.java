package gofer.runtime.park;

import gofer.runtime.base.ShortLock;
import org.jspecify.annotations.Nullable;

/// The part of a goroutine that waits and traces use.
///
/// It is the uncaught exception handler of its thread. So the current goroutine is found without a thread-local,
/// through a field of the thread that exists anyway.
public abstract class Fiber extends ShortLock implements Thread.UncaughtExceptionHandler {

    private @Nullable ParkTimer wakeUp; // used by its thread only
    boolean inOperation; // within an operation that has had its scheduling point; used by its thread only

    /// Returns the goroutine of the current thread, or null if that is not a goroutine.
    static @Nullable Fiber current() {
        return of(Thread.currentThread());
    }

    /// Returns the goroutine of `thread`, or null if that is not a goroutine.
    static @Nullable Fiber of(Thread thread) {
        return thread.getUncaughtExceptionHandler() instanceof Fiber fiber ? fiber : null;
    }

    public abstract long id();

    /// Returns the name; empty if it has none.
    public abstract String name();

    /// Returns where in the program it was started.
    public abstract String createdAt();

    /// Returns the id of the goroutine that started it; 0 if it was started by another thread.
    public abstract long creator();

    /// Returns the timer of this goroutine, which must be the current one.
    ParkTimer wakeUp() {
        if (wakeUp == null) {
            wakeUp = new ParkTimer(Thread.currentThread());
        }
        return wakeUp;
    }

    /// Cancels the timer, because the goroutine will not wait again.
    public final void cancelWakeUp() {
        if (wakeUp != null) {
            wakeUp.cancel();
        }
    }
}
