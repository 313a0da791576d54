package gofer.chan;

import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.chan.ChanCore;
import gofer.runtime.chan.ChanResult;

/// An arm of a [Select] that receives.
@CheckReturnValue
public final class RecvCase<T> extends SelectCase {

    private final Select select;
    private final int index;
    private final ChanCore channel;
    private Object result = ChanResult.NOT_READY; // result of the last receive

    RecvCase(Select select, int index, ChanCore channel) {
        this.select = select;
        this.index = index;
        this.channel = channel;
    }

    /// Returns whether the last receive found the channel closed and drained.
    public boolean closed() {
        return result == ChanResult.CLOSED;
    }

    /// Returns the value of the last receive. Throws [ChanClosedException] if it found the channel closed and drained,
    /// and [IllegalStateException] if the arm has not been chosen yet.
    public T value() {
        if (closed()) {
            throw Chan.noValue(channel);
        }
        return Chan.valueOf(chosen());
    }

    /// Returns the result of the last receive: [Closed] if it found the channel closed and drained. Throws
    /// [IllegalStateException] if the arm has not been chosen yet.
    public Received<T> received() {
        return Chan.received(chosen());
    }

    @Override
    public void enable(boolean on) {
        select.set(index, on ? channel : null);
    }

    @Override
    ChanCore op() {
        return channel;
    }

    @Override
    void onPerformed(Object result) {
        this.result = result;
    }

    private Object chosen() {
        if (result == ChanResult.NOT_READY) {
            throw new IllegalStateException("this arm has not been chosen");
        }
        return result;
    }
}
