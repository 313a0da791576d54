package gofer.group;

import gofer.chan.Chan;
import gofer.context.Context;
import gofer.runtime.Operation;
import gofer.runtime.World;
import gofer.sync.Held;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// A semaphore whose tokens are taken several at a time.
///
/// {@snippet file="snippets/Tokens.java" region="weighted"}
///
/// Requests are served in the order of arrival: a small one does not pass a large one that waits.
///
/// **Memory:** a release happens before the return of an acquire that it lets through.
///
/// **Go:** `golang.org/x/sync/semaphore`.
public final class Weighted {

    private record Request(long tokens, Chan<Void> granted) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final long size;
    private final Set<Request> waiting = new LinkedHashSet<>(); // by arrival; guarded by lock
    private long taken; // guarded by lock

    /// A semaphore with `size` tokens. Throws [IllegalArgumentException] if that is negative.
    public Weighted(long size) {
        this.size = notNegative(size);
    }

    /// Takes `n` tokens, waiting until they are free. Throws [IllegalArgumentException] if `n` is negative, and
    /// [gofer.goroutine.InterruptException] if interrupted while it waits. More than there are: waits for ever.
    ///
    /// Closing what it returns gives them back, as [#release] does: use one or the other.
    public Held acquire(long n) {
        return acquire(Context.background(), n);
    }

    /// Takes `n` tokens, unless `ctx` is cancelled first, which wins even if they are free: then throws the context's
    /// cause and takes none. A request for more than there are waits for that, in nobody's way.
    public Held acquire(Context ctx, long n) {
        Objects.requireNonNull(ctx, "ctx");
        notNegative(n);
        World.before(Operation.ACQUIRE, this);
        check(ctx);
        take(ctx, n);
        return () -> release(n);
    }

    private void take(Context ctx, long n) {
        Request request;
        lock.lock();
        try {
            if (n <= size - taken && waiting.isEmpty()) {
                taken += n;
                return;
            }
            request = new Request(n, Chan.make());
            if (n <= size) {
                waiting.add(request);
            }
        } finally {
            lock.unlock();
        }
        try {
            var _ = request.granted.recvOk(ctx);
            check(ctx); // the cancellation may have come first, and only the news of it second
        } catch (Throwable calledOff) {
            withdraw(request);
            throw calledOff;
        }
    }

    /// Takes `n` tokens if they are free and nobody waits, and tells whether it did.
    public boolean tryAcquire(long n) {
        notNegative(n);
        World.before(Operation.TRY_ACQUIRE, this);
        lock.lock();
        try {
            boolean free = n <= size - taken && waiting.isEmpty();
            if (free) {
                taken += n;
            }
            return free;
        } finally {
            lock.unlock();
        }
    }

    /// Gives `n` tokens back. Throws [IllegalStateException] if fewer are taken.
    public void release(long n) {
        notNegative(n);
        World.before(Operation.RELEASE, this);
        lock.lock();
        try {
            if (n > taken) {
                throw new IllegalStateException("semaphore: released more than held");
            }
            taken -= n;
            grant();
        } finally {
            lock.unlock();
        }
    }

    /// The wait of `request` was called off: it leaves, and gives back what it was granted at the same moment.
    private void withdraw(Request request) {
        lock.lock();
        try {
            if (request.tokens <= size && !waiting.remove(request)) {
                taken -= request.tokens;
            }
            grant();
        } finally {
            lock.unlock();
        }
    }

    private void grant() {
        for (Iterator<Request> queue = waiting.iterator(); queue.hasNext(); ) {
            Request first = queue.next();
            if (first.tokens > size - taken) {
                return;
            }
            queue.remove();
            taken += first.tokens;
            first.granted.close();
        }
    }

    /// `semaphore (2/5)`: two of five tokens are taken.
    @Override
    public String toString() {
        lock.lock();
        try {
            return "semaphore (" + taken + "/" + size + ")";
        } finally {
            lock.unlock();
        }
    }

    private static void check(Context ctx) {
        if (ctx.cause() instanceof RuntimeException cause) {
            throw cause;
        }
    }

    private static long notNegative(long n) {
        if (n < 0) {
            throw new IllegalArgumentException("semaphore: negative weight: " + n);
        }
        return n;
    }
}
