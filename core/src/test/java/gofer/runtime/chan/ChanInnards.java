package gofer.runtime.chan;

import gofer.runtime.lock.Innards;

/// Gives tests access to the internals of a channel.
public final class ChanInnards {

    private ChanInnards() {}

    /// Returns how many waiters are in the queues of `core`, including those whose wait is over.
    public static int waiters(ChanCore core) {
        return Innards.size(core, core.receivers, core.senders);
    }
}
