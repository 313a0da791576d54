package gofer.group;

import gofer.context.Context;
import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.lock.WeightedCore;
import gofer.sync.Held;
import java.util.Objects;

/// A semaphore whose permits are taken several at a time.
///
/// {@snippet file="snippets/Tokens.java" region="weighted"}
///
/// Requests are served in the order of arrival: a small one does not pass a large one that waits.
///
/// **Memory:** a release happens before the return of an acquire that it lets through.
///
/// **Go:** `golang.org/x/sync/semaphore`.
@CheckReturnValue
public final class Weighted {

    private final WeightedCore core;

    /// A semaphore with `size` permits. Throws [IllegalArgumentException] if that is negative.
    public Weighted(long size) {
        core = new WeightedCore(notNegative(size));
    }

    /// Takes `n` permits, waiting until they are free. Throws [IllegalArgumentException] if `n` is negative, and
    /// [gofer.goroutine.InterruptException] if interrupted while it waits. More than there are: waits for ever.
    ///
    /// Closing what it returns gives them back, as [#release] does: use one or the other.
    @CanIgnoreReturnValue
    public Held acquire(long n) {
        core.acquire(notNegative(n), null);
        return () -> release(n);
    }

    /// Takes `n` permits, unless `ctx` is cancelled first, which wins even if they are free: then throws the context's
    /// cause and takes none. A request for more than there are waits for that, in nobody's way.
    @CanIgnoreReturnValue
    public Held acquire(Context ctx, long n) {
        core.acquire(notNegative(n), Objects.requireNonNull(ctx, "ctx"));
        return () -> release(n);
    }

    /// Takes `n` permits if they are free and nobody waits, and tells whether it did.
    public boolean tryAcquire(long n) {
        return core.tryAcquire(notNegative(n));
    }

    /// Gives `n` permits back. Throws [IllegalStateException] if fewer are taken.
    public void release(long n) {
        if (!core.release(notNegative(n))) {
            throw new IllegalStateException("semaphore: released more than held");
        }
    }

    @Override
    public String toString() {
        return core.toString();
    }

    private static long notNegative(long n) {
        if (n < 0) {
            throw new IllegalArgumentException("semaphore: negative weight: " + n);
        }
        return n;
    }
}
