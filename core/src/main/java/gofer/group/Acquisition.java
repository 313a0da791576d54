package gofer.group;

import gofer.runtime.base.SyncPoint;
import gofer.runtime.chan.ChanResult;
import gofer.runtime.chan.Op;
import gofer.runtime.lock.WeightedCore;
import gofer.runtime.park.QueuedSynchronizer;
import gofer.runtime.park.WaitEdge;
import gofer.runtime.park.Waiter;
import gofer.runtime.park.World;
import gofer.sync.Held;
import org.jspecify.annotations.Nullable;

/// An acquisition of permits as the operation of an arm of a select.
///
/// @param core the semaphore
/// @param order its place in the order in which selects lock
/// @param n how many permits
/// @param request what a waiter for them carries; made here, because the queue must need no memory
/// @param held the result
record Acquisition(WeightedCore core, long order, long n, Object request, Held held) implements Op {

    /// Checks nothing: a semaphore may be used everywhere.
    @Override
    public void checkUse(SyncPoint operation, @Nullable World here) {}

    @Override
    public QueuedSynchronizer target() {
        return core;
    }

    @Override
    public boolean looksReady() {
        return core.looksFree(n);
    }

    @Override
    public Object attempt() {
        return core.attempt(n) ? held : ChanResult.NOT_READY;
    }

    @Override
    public boolean isReady() {
        return core.looksFree(n);
    }

    @Override
    public Object perform() {
        return attempt();
    }

    @Override
    public void join(Waiter waiter) {
        waiter.value = request;
        core.join(waiter, n);
    }

    @Override
    public Object completed(Waiter waiter) {
        core.granted(n);
        return held;
    }

    @Override
    public boolean isSameKind(Op other) {
        return other instanceof Acquisition acquisition && acquisition.core == core && acquisition.n == n;
    }

    @Override
    public boolean isNever() {
        return !core.canEverGrant(n);
    }

    @Override
    public WaitEdge edge() {
        return core.edge(n);
    }
}
