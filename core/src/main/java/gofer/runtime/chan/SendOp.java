package gofer.runtime.chan;

import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.WaitEdge;
import gofer.runtime.park.Waiter;
import gofer.runtime.park.World;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A send of one value.
public final class SendOp implements Op {

    private final ChanCore core;
    private Object value;

    /// Creates a send of `value` to `core`.
    public SendOp(ChanCore core, Object value) {
        this.core = core;
        this.value = value;
    }

    /// Replaces the value. Must not be called while a select uses this operation.
    public void replace(Object value) {
        this.value = value;
    }

    @Override
    public void checkUse(SyncPoint operation, @Nullable World here) {
        core.checkUse(operation, here);
    }

    @Override
    public ChanCore target() {
        return core;
    }

    @Override
    public long order() {
        return core.id;
    }

    @Override
    public boolean looksReady() {
        return core.looksReadyToPut();
    }

    @Override
    public Object attempt() {
        return core.attempt(value);
    }

    @Override
    public boolean isReady() {
        return core.isReadyToPut();
    }

    @Override
    public Object perform() {
        return core.put(value);
    }

    @Override
    public void join(Waiter waiter) {
        waiter.value = value;
        core.senders.addLast(waiter);
    }

    @Override
    public Object completed(Waiter waiter) {
        return waiter.passed ? ChanResult.SENT : ChanResult.CLOSED;
    }

    @Override
    public boolean isSameKind(Op other) {
        return other instanceof SendOp send && send.core == core;
    }

    @Override
    public boolean isNever() {
        return core.isNever();
    }

    @Override
    public @Nullable Waiter removePartner() {
        return core.removePartner();
    }

    @Override
    public boolean isCounted() {
        return core.isCounted();
    }

    @Override
    public void waited(long start) {
        core.waited(true, start);
    }

    @Override
    public WaitEdge edge() {
        return new WaitEdge("to send to", core, List.of());
    }
}
