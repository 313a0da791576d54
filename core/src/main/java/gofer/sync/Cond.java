package gofer.sync;

import gofer.goroutine.Cancellation;
import gofer.goroutine.InterruptException;
import gofer.runtime.lock.CondCore;
import gofer.runtime.park.Sleeper;
import gofer.runtime.park.Waiter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A condition variable: goroutines wait on it until others have made a condition true.
///
/// {@snippet file="snippets/Condition.java" region="cond"}
///
/// Waiting goroutines are woken in the order of arrival. There are no spurious wakeups, but another goroutine may run
/// between the signal and the return of `await`: check the condition again in a loop. Every Java object has `wait`,
/// `notify` and `notifyAll`; calling them by mistake throws [IllegalMonitorStateException].
///
/// **Memory:** a signal or broadcast happens before the return of each `await` that it wakes.
///
/// **Go:** `sync.Cond`.
public final class Cond {

    private final Locker locker;
    final CondCore core = new CondCore();

    /// Creates a condition variable. The goroutines that use it guard the condition with `locker`.
    public Cond(Locker locker) {
        this.locker = Objects.requireNonNull(locker, "locker");
    }

    /// Unlocks the locker, which the caller must hold, and waits for a signal. Locks it again before returning or
    /// throwing. Throws [InterruptException] if interrupted while waiting.
    public void await() {
        awaitSignal(null);
    }

    /// Waits as [#await()] does. If `ctx` is cancelled first, throws the context's cause, with the locker held.
    public void await(Cancellation ctx) {
        awaitSignal(Objects.requireNonNull(ctx, "ctx"));
    }

    /// Wakes the goroutine that has waited longest, if any. The caller need not hold the locker.
    public void signal() {
        core.signal();
    }

    /// Wakes all waiting goroutines. The caller need not hold the locker.
    public void broadcast() {
        core.broadcast();
    }

    private void awaitSignal(@Nullable Cancellation ctx) {
        Sleeper.check(ctx);
        Waiter waiter = core.join(); // before the unlock, so that no signal is lost in between
        try {
            locker.unlock();
        } catch (Throwable notLocked) {
            core.withdraw(waiter);
            throw notLocked;
        }
        try {
            core.await(waiter, ctx);
        } finally {
            relock();
        }
    }

    /// Locks, even if interrupted. The interrupt status stays set for the caller.
    private void relock() {
        boolean interrupted = false;
        for (; ; ) {
            try {
                locker.lock();
                break;
            } catch (InterruptException again) {
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
