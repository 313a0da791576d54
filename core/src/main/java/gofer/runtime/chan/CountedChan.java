package gofer.runtime.chan;

import gofer.runtime.park.Timers;

/// A channel with a name, of which a [Tally] is kept. Others pay nothing for that: they have no code for it.

public final class CountedChan extends ChanCore {

    private final Tally tally;

    /// A channel with room for `capacity` values.
    public CountedChan(String name, int capacity) {
        super(capacity);
        tally = Tally.of(name);
        tally.add(this);
    }

    @Override
    Object take() {
        Object answer = super.take();
        if (answer != Mark.NOT_READY && answer != Mark.CLOSED) {
            tally.received.increment();
            if (partner != null) { // its value is on the way out, or in the ring
                tally.sent.increment();
            }
        }
        return answer;
    }

    @Override
    Object put(Object value) {
        Object answer = super.put(value);
        if (answer == Mark.SENT) {
            tally.sent.increment();
            if (partner != null) { // has it
                tally.received.increment();
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
        (toSend ? tally.waitedToSend : tally.waitedToReceive).add(Timers.now() - start);
    }

    @Override
    public String name() {
        return tally.name();
    }
}
