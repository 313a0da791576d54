package gofer.runtime.park;

import gofer.runtime.base.ShortLock;
import org.jspecify.annotations.Nullable;

/// What waits and traces need to know of a goroutine.
///
/// It is the uncaught-exception handler of its thread. That is how the current goroutine is found without a thread-local: a
/// field of the thread that exists anyway.
public abstract class Fiber extends ShortLock implements Thread.UncaughtExceptionHandler {

    private @Nullable ParkTimer wakeUp; // used by its thread only
    boolean operating; // likewise; it is in the middle of an operation that has had its point: see World#before

    /// That of the current thread, or null if that is no goroutine.
    static @Nullable Fiber current() {
        return of(Thread.currentThread());
    }

    /// That of `thread`, or null if that is no goroutine.
    static @Nullable Fiber of(Thread thread) {
        return thread.getUncaughtExceptionHandler() instanceof Fiber fiber ? fiber : null;
    }

    public abstract long id();

    /// Empty if it has none.
    public abstract String name();

    /// Where in the program it was started.
    public abstract String createdAt();

    /// The id of the goroutine that started it; 0 if that was a thread that is none.
    public abstract long creator();

    /// Of the current goroutine, which this is.
    ParkTimer wakeUp() {
        if (wakeUp == null) {
            wakeUp = new ParkTimer(Thread.currentThread());
        }
        return wakeUp;
    }

    /// It will wait no more.
    public final void cancelWakeUp() {
        if (wakeUp != null) {
            wakeUp.cancel();
        }
    }
}
