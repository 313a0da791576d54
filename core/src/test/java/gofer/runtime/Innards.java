package gofer.runtime;

import java.util.Arrays;

/// What the tests of the floors above may see of the machine room.
public final class Innards {

    private Innards() {}

    /// How many waiters stand in the queues of `core`, those included whose wait is over.
    public static int waiters(ChanCore core) {
        return size(core, core.receivers, core.senders);
    }

    /// Likewise.
    public static int waiters(MutexCore core) {
        return size(core, core.queue);
    }

    /// Likewise.
    public static int waiters(RWMutexCore core) {
        return size(core, core.readers, core.writers);
    }

    /// Likewise.
    public static int waiters(WaitGroupCore core) {
        return size(core, core.waiters);
    }

    /// Likewise.
    public static int waiters(CondCore core) {
        return size(core, core.waiters);
    }

    private static int size(ShortLock lock, WaitQueue... queues) {
        lock.acquire();
        try {
            return Arrays.stream(queues).mapToInt(WaitQueue::size).sum();
        } finally {
            lock.release();
        }
    }
}
