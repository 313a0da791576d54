package gofer.chan;

import gofer.runtime.chan.ChanCore;
import gofer.runtime.chan.SendOp;

/// An arm of a [Select] that sends.
public final class SendCase<T> extends SelectCase {

    private final Select select;
    private final int index;
    private final SendOp op;
    private boolean on;
    private boolean offered; // there is a value that has not been sent yet

    SendCase(Select select, int index, ChanCore channel) {
        this.select = select;
        this.index = index;
        this.op = new SendOp(channel, Sent.INSTANCE);
    }

    /// Sets the value to send next. It replaces a value that has not been sent. The arm is never ready while it has no
    /// value: before the first offer, and after each send until the next offer.
    public void offer(T value) {
        op.replace(Chan.notNull(value));
        offered = true;
        update();
    }

    @Override
    public void enable(boolean on) {
        this.on = on;
        update();
    }

    @Override
    SendOp op() {
        return op;
    }

    @Override
    void onPerformed(Object result) {
        op.replace(Sent.INSTANCE); // so that the value can be garbage-collected
        offered = false;
        update();
        Chan.expectOpen(op.target(), result);
    }

    private void update() {
        select.set(index, on && offered ? op : null);
    }
}
