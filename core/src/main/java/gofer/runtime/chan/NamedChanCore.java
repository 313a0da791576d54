package gofer.runtime.chan;

import gofer.runtime.park.Timers;

/// A channel with a name and with [ChanStats]. Channels without a name have no code for statistics, so they cost them nothing.

public final class NamedChanCore extends ChanCore {

    private final ChanStats stats;

    /// Creates a channel with room for `capacity` values.
    public NamedChanCore(String name, int capacity) {
        super(capacity);
        stats = ChanStats.of(name);
        stats.add(this);
    }

    @Override
    Object take() {
        Object answer = super.take();
        if (answer != ChanResult.NOT_READY && answer != ChanResult.CLOSED) {
            stats.received.increment();
            if (partner != null) { // the value of the sender was received, or is in the ring
                stats.sent.increment();
            }
        }
        return answer;
    }

    @Override
    Object put(Object value) {
        Object answer = super.put(value);
        if (answer == ChanResult.SENT) {
            stats.sent.increment();
            if (partner != null) { // the receiver has the value
                stats.received.increment();
            }
        }
        return answer;
    }

    @Override
    boolean isCounted() {
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
