package gofer.runtime.chan;

import gofer.runtime.lock.Innards;

/// What tests may see of a channel.
public final class ChanInnards {

    private ChanInnards() {}

    /// How many waiters stand in the queues of `core`, those included whose wait is over.
    public static int waiters(ChanCore core) {
        return Innards.size(core, core.receivers, core.senders);
    }
}
