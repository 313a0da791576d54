package gofer.runtime.chan;

import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.World;
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
    public ChanCore core() {
        return core;
    }

    @Override
    public Object value() {
        return value;
    }
}
