package gofer.group;

import gofer.chan.Arm;
import gofer.chan.flavor.OpArm;
import gofer.context.Context;
import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.chan.ChanCore;
import gofer.runtime.lock.PermitRequest;
import gofer.runtime.lock.WeightedCore;
import gofer.sync.Held;
import java.util.Objects;

/// A weighted semaphore: one request acquires several permits at a time.
///
/// {@snippet file="snippets/Tokens.java" region="weighted"}
///
/// Requests are served in the order of arrival: a small request does not overtake a large one that waits.
///
/// **Memory:** a release happens before the return of an acquire, or of a select with [#acquiring], that it enables.
///
/// **Go:** `golang.org/x/sync/semaphore`.
@CheckReturnValue
public final class Weighted {

    final WeightedCore core;
    private final long order = ChanCore.nextOrder();

    /// Creates a semaphore with `size` permits. Throws [IllegalArgumentException] if `size` is negative.
    public Weighted(long size) {
        core = new WeightedCore(notNegative(size));
    }

    /// Acquires `n` permits, waiting until they are available. Waits forever if `n` exceeds the size. Throws
    /// [IllegalArgumentException] if `n` is negative, and [gofer.goroutine.InterruptException] if interrupted while
    /// waiting.
    ///
    /// Closing the returned object releases the permits as [#release] does. Use one or the other.
    @CanIgnoreReturnValue
    public Held acquire(long n) {
        core.acquire(notNegative(n), null);
        return () -> release(n);
    }

    /// Acquires `n` permits, waiting until they are available. If `ctx` is cancelled before or during the wait, throws
    /// the context's cause and acquires none, even if the permits are available. If `n` exceeds the size, waits for the
    /// cancellation without blocking other requests.
    @CanIgnoreReturnValue
    public Held acquire(Context ctx, long n) {
        core.acquire(notNegative(n), Objects.requireNonNull(ctx, "ctx"));
        return () -> release(n);
    }

    /// Acquires `n` permits if they are available and no request waits. Returns whether it acquired them.
    public boolean tryAcquire(long n) {
        return core.tryAcquire(notNegative(n));
    }

    /// Returns the acquisition of `n` permits as an arm of a select. If another arm is chosen, it acquires none and
    /// does not block other requests. It is never ready if `n` exceeds the size.
    ///
    /// {@snippet file="snippets/Tokens.java" region="arm"}
    ///
    /// With one permit, a semaphore is a mutex that can be an arm. Permits change without the locks of a select. So if
    /// two semaphores become available at the same time, a biased select may choose the later arm, and a
    /// [gofer.chan.Select] has no such arm.
    public Arm<Held> acquiring(long n) {
        var request = new PermitRequest(core, notNegative(n));
        return new OpArm<>(new Acquisition(request, order, () -> release(n)));
    }

    /// Releases `n` permits. Throws [IllegalStateException] if fewer are held.
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
