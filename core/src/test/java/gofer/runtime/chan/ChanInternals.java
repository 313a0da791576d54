package gofer.runtime.chan;

import gofer.runtime.lock.Internals;

/// Gives tests access to the internals of a channel.
public final class ChanInternals {

    private ChanInternals() {}

    /// Returns how many waiters are in the queues of `core`, including those whose wait has ended.
    public static int waiters(ChanCore core) {
        return Internals.size(core, core.receivers, core.senders);
    }
}
