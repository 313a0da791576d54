package gofer.sync;

import gofer.goroutine.Cancellation;
import gofer.goroutine.InterruptException;
import gofer.runtime.lock.CondCore;
import gofer.runtime.park.Sleeper;
import gofer.runtime.park.Waiter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A meeting point for goroutines that wait for a condition and those that make it true.
///
/// {@snippet file="snippets/Condition.java" region="cond"}
///
/// Those who wait are woken in the order in which they came. There are no spurious wake-ups, but another goroutine may
/// have run in between: test the condition again. Every object of Java has `wait`, `notify` and `notifyAll`: to call those
/// instead throws [IllegalMonitorStateException].
///
/// **Memory:** a signal or broadcast happens before the return of each `await` that it wakes.
///
/// **Go:** `sync.Cond`.
public final class Cond {

    private final Locker locker;
    final CondCore core = new CondCore();

    /// A condition guarded by `locker`.
    public Cond(Locker locker) {
        this.locker = Objects.requireNonNull(locker, "locker");
    }

    /// Unlocks the locker, which the caller holds, waits for a signal, and locks it again before it returns or throws.
    /// Throws [InterruptException] if interrupted while it waits.
    public void await() {
        awaitSignal(null);
    }

    /// As [#await()], unless `ctx` is cancelled first: then throws the context's cause, with the locker held.
    public void await(Cancellation ctx) {
        awaitSignal(Objects.requireNonNull(ctx, "ctx"));
    }

    /// Wakes the goroutine that has waited longest, if any waits. The locker need not be held.
    public void signal() {
        core.signal();
    }

    /// Wakes all goroutines that wait.
    public void broadcast() {
        core.broadcast();
    }

    private void awaitSignal(@Nullable Cancellation ctx) {
        Sleeper.check(ctx);
        Waiter waiter = core.join(); // before the unlock: a signal given in between is not lost
        try {
            locker.unlock();
        } catch (Throwable notLocked) {
            core.withdraw(waiter);
            throw notLocked;
        }
        try {
            core.await(waiter, ctx);
        } finally {
            lockAgain();
        }
    }

    /// Locks whatever happens; an interrupt stays for the caller to see.
    private void lockAgain() {
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
