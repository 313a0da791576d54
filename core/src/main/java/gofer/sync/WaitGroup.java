package gofer.sync;

import gofer.goroutine.Body;
import gofer.goroutine.Cancellation;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.lock.WaitGroupCore;
import java.util.Objects;

/// Waits for a number of goroutines to finish.
///
/// {@snippet file="snippets/Goroutines.java" region="goroutines"}
///
/// It may be used again once every `await` has returned. Every object of Java has a `wait`: to call that one instead throws
/// [IllegalMonitorStateException].
///
/// **Memory:** a `done` happens before the return of each `await` that it releases.
///
/// **Go:** `sync.WaitGroup`.
public final class WaitGroup {

    final WaitGroupCore core = new WaitGroupCore();

    /// One that waits for nothing yet.
    public WaitGroup() {}

    /// Starts a goroutine and counts it until it ends, however it does. If an exception leaves the body, it is reported
    /// before the count goes down.
    public void go(Body body) {
        go("", body);
    }

    /// As [#go(Body)], with a name for dumps and reports.
    public void go(String name, Body body) {
        Objects.requireNonNull(name, "goroutine name");
        Objects.requireNonNull(body, "go of nil func value");
        core.add(1);
        try {
            Goroutines.start(name, body, this::done);
        } catch (Throwable refused) {
            core.add(-1);
            throw refused;
        }
    }

    /// Adds `delta`, which may be negative, to the count. A positive one that starts from zero must happen before
    /// `await`. Throws [IllegalStateException] if the count would become negative; it is then unchanged; but calls of
    /// others at that very moment may find it changed, and be refused, or return early, on account of that.
    public void add(int delta) {
        core.add(delta);
    }

    /// Takes one off the count.
    public void done() {
        core.add(-1);
    }

    /// Waits until the count is zero. Throws [gofer.goroutine.InterruptException] if interrupted while it waits.
    public void await() {
        core.await(null);
    }

    /// As [#await()], unless `ctx` is cancelled first: then throws the context's cause.
    public void await(Cancellation ctx) {
        core.await(Objects.requireNonNull(ctx, "ctx"));
    }

    @Override
    public String toString() {
        return core.toString();
    }
}
