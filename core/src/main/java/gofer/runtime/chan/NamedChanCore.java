package gofer.runtime.chan;

import gofer.runtime.park.Timers;

/// A channel with a name, of which a [ChanStats] is kept. Others pay nothing for that: they have no code for it.

public final class NamedChanCore extends ChanCore {

    private final ChanStats stats;

    /// A channel with room for `capacity` values.
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
            if (partner != null) { // its value is on the way out, or in the ring
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
            if (partner != null) { // has it
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
