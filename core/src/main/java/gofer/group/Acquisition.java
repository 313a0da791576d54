package gofer.group;

import gofer.runtime.base.SyncPoint;
import gofer.runtime.chan.ChanResult;
import gofer.runtime.chan.Op;
import gofer.runtime.lock.PermitRequest;
import gofer.runtime.lock.WeightedCore;
import gofer.runtime.park.WaitEdge;
import gofer.runtime.park.Waiter;
import gofer.runtime.park.World;
import gofer.sync.Held;
import org.jspecify.annotations.Nullable;

/// An acquisition of permits as the operation of an arm of a select.
///
/// @param request which permits of which semaphore; made before the select, because to join the queue must need no memory
/// @param order the semaphore's place in the order in which selects lock
/// @param held the result
record Acquisition(PermitRequest request, long order, Held held) implements Op {

    /// Checks nothing: a semaphore may be used everywhere.
    @Override
    public void checkUse(SyncPoint operation, @Nullable World here) {}

    @Override
    public WeightedCore target() {
        return request.semaphore();
    }

    @Override
    public boolean looksReady() {
        return target().looksFree(request.wanted());
    }

    @Override
    public Object attempt() {
        return target().attempt(request.wanted()) ? held : ChanResult.NOT_READY;
    }

    @Override
    public boolean isReady() {
        return target().looksFree(request.wanted());
    }

    @Override
    public Object perform() {
        return attempt();
    }

    @Override
    public void join(Waiter waiter) {
        target().join(waiter, request);
    }

    @Override
    public Object completed(Waiter waiter) {
        target().granted(request.wanted());
        return held;
    }

    @Override
    public boolean isSameKind(Op other) {
        return other instanceof Acquisition same && same.request.equals(request);
    }

    @Override
    public boolean isNever() {
        return !target().canEverGrant(request.wanted());
    }

    @Override
    public WaitEdge edge() {
        return request.edge();
    }
}
