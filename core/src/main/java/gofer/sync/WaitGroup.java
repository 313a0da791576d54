package gofer.sync;

import gofer.goroutine.Body;
import gofer.goroutine.Cancellation;
import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.lock.WaitGroupCore;
import java.util.Objects;

/// A counter that goroutines wait on until it is zero, usually the number of goroutines that are still running.
///
/// {@snippet file="snippets/Goroutines.java" region="goroutines"}
///
/// It can be reused once every `await` has returned. Every Java object has a `wait`; calling it by mistake throws
/// [IllegalMonitorStateException].
///
/// **Memory:** a `done` happens before the return of each `await` that it releases.
///
/// **Go:** `sync.WaitGroup`.
@CheckReturnValue
public final class WaitGroup {

    final WaitGroupCore core = new WaitGroupCore();

    /// Creates a wait group whose count is zero.
    public WaitGroup() {}

    /// Limits the number of goroutines started by `go` that run at the same time to `n`. A negative `n` removes the
    /// limit. With 0, no goroutine can start. Throws [IllegalStateException] while goroutines are running under an
    /// earlier limit.
    @CanIgnoreReturnValue
    public WaitGroup limit(int n) {
        core.limit(n, "sync: WaitGroup");
        return this;
    }

    /// Starts a goroutine and counts it until it ends, whether it returns, throws or calls `goexit`. An exception that
    /// leaves the body is reported before the count goes down.
    ///
    /// Under a limit, waits until the limit allows the start. The goroutine counts during this wait, too, so `await`
    /// waits for it. Throws [gofer.goroutine.InterruptException] if interrupted while waiting; then nothing is started
    /// and the count is as before.
    public void go(Body body) {
        go("", body);
    }

    /// Starts a goroutine as [#go(Body)] does, with a name for dumps and reports.
    public void go(String name, Body body) {
        Objects.requireNonNull(name, "goroutine name");
        Objects.requireNonNull(body, "go of nil func value");
        core.go(name, body, null);
    }

    /// Adds `delta`, which may be negative, to the count. A positive `delta` that starts from zero must happen before
    /// `await`. Throws [IllegalStateException] if the count would become negative, and leaves it unchanged.
    /// Concurrent calls may see the changed count for an instant, and may throw or return early because of it.
    public void add(int delta) {
        core.add(delta);
    }

    /// Decrements the count by one.
    public void done() {
        core.add(-1);
    }

    /// Waits until the count is zero. Throws [gofer.goroutine.InterruptException] if interrupted while waiting.
    public void await() {
        core.await(null);
    }

    /// Waits until the count is zero. If `ctx` is cancelled first, throws the context's cause.
    public void await(Cancellation ctx) {
        core.await(Objects.requireNonNull(ctx, "ctx"));
    }

    @Override
    public String toString() {
        return core.toString();
    }
}
