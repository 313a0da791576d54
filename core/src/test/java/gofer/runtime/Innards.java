package gofer.runtime;

/// What the tests of the floors above may see of the machine room.
public final class Innards {

    private Innards() {}

    /// How many waiters stand in the queues of `core`, those included whose wait is over.
    public static int waiters(ChanCore core) {
        core.acquire();
        try {
            return core.receivers.size() + core.senders.size();
        } finally {
            core.release();
        }
    }
}
