package gofer.runtime.base;

import gofer.goroutine.FatalError;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;

/// A lock that is held for a few instructions and never across a park or a call into user code.
///
/// Not reentrant, not owned by a thread, not fair. A class that needs such a lock extends this class, so that a channel
/// is a single object.
///
/// A holder never yields the processor, and so never waits for a second lock. A virtual thread that yields may get
/// into a queue that the scheduler does not check while others yield, and those may be waiting for this lock.
///
/// A thread that runs out of stack while it holds the lock may be unable to release it, and leaves what the lock guards
/// in an unknown state. The next thread that acquires it then does not wait forever, but throws a [FatalError].
///
/// **Memory:** a release happens before the next acquire.
public abstract class ShortLock {

    /// The pause after the first failed attempt, in spins. It doubles with each attempt. While one core pauses, for a
    /// microsecond or more at first, another completes many short critical sections with the data in its cache. In
    /// total, this is faster than alternating. On the JDK's scheduler, partners that spin meet sooner after a shorter pause.
    private static final int FIRST_PAUSE = JdkHooks.obstacle() == null ? 128 : 32;

    /// After a pause of this many spins, some 50 microseconds, the lock's holder may need this processor.
    private static final int LAST_PAUSE = 2048;

    /// No thread holds a lock for this many nanoseconds while another fails to acquire it [#TRIES] times. Time alone is
    /// not sufficient, because all threads may have been stopped.
    static long patience = TimeUnit.SECONDS.toNanos(10); // shorter in a test

    private static final int TRIES = 1000;

    private static final VarHandle HELD =
            ConstantBootstraps.fieldVarHandle(
                    MethodHandles.lookup(), "held", VarHandle.class, ShortLock.class, int.class);

    private volatile int held; // 0 free, 1 held

    /// Acquires the lock.
    public final void acquire() {
        if (!HELD.compareAndSet(this, 0, 1)) {
            acquireSlow();
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // the holder may need this processor
    private void acquireSlow() {
        long start = 0;
        for (int i = 0; !acquireSpinning(); i++) {
            if (i == 0) {
                start = System.nanoTime();
            } else if (i >= TRIES && System.nanoTime() - start > patience) {
                throw new FatalError(
                        "unusable: " + this + ": a thread ran out of stack in an operation on it, or was stopped");
            }
            if (!WorkerlessPool.runsCurrentThread()) { // in a world, the holder is a thread outside of it
                Thread.yield();
            }
        }
    }

    /// Acquires the lock if it becomes free within a short time. For callers that hold another lock and so must not
    /// yield.
    public final boolean acquireSpinning() {
        for (int pause = FIRST_PAUSE; pause <= LAST_PAUSE; pause *= 2) {
            if (held == 0 && HELD.compareAndSet(this, 0, 1)) {
                return true;
            }
            for (int i = 0; i < pause; i++) {
                Thread.onSpinWait();
            }
        }
        return false;
    }

    /// Releases the lock.
    public final void release() {
        HELD.setRelease(this, 0);
    }
}
