package gofer.runtime.chan;

import gofer.runtime.park.Timers;

/// A channel with a name and with [ChanStats]. The code for statistics is in this class only, so channels without a name do
/// not pay for it.
public final class NamedChanCore extends ChanCore {

    private final ChanStats stats;

    /// Creates a channel with `buffer`.
    public NamedChanCore(String name, Buffer buffer) {
        super(buffer);
        stats = ChanStats.of(name);
        stats.add(this);
    }

    @Override
    Object take() {
        Object result = super.take();
        if (result != ChanResult.NOT_READY && result != ChanResult.CLOSED) {
            stats.received.increment();
            if (partner != null) { // the value of the sender was received, or is in the buffer
                stats.sent.increment();
            }
        }
        return result;
    }

    @Override
    Object put(Object value) {
        long before = buffer.dropped();
        Object result = super.put(value);
        stats.dropped.add(buffer.dropped() - before);
        if (result == ChanResult.SENT) {
            stats.sent.increment();
            if (partner != null) { // the receiver has the value
                stats.received.increment();
            }
        }
        return result;
    }

    @Override
    public boolean isCounted() {
        return true;
    }

    @Override
    long startOfWait() {
        return Timers.now();
    }

    @Override
    void waited(boolean toSend, long start) {
        (toSend ? stats.waitedToSend : stats.waitedToReceive).add(Timers.now() - start);
    }

    @Override
    public String name() {
        return stats.name();
    }
}
