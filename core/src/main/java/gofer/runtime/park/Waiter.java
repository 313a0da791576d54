package gofer.runtime.park;

import org.jspecify.annotations.Nullable;

/// One operation that waits in one [WaitQueue]: a link of the queue, and the slot through which a value passes.
///
/// Its fields are guarded by the lock of the queue until the claim; from then on they belong to the sleeper.
public class Waiter {

    public final Sleeper sleeper;
    public @Nullable Object value; // to be sent; or what was received
    public boolean passed; // the value has passed; false when a close woke it
    private int queued; // when it began to be kept waiting, in microseconds; 0 if that is not noted
    @Nullable WaitQueue queue; // where it stands, or null
    @Nullable Waiter previous;
    public @Nullable Waiter next;

    /// A waiter of `sleeper` that carries no value.
    public Waiter(Sleeper sleeper) {
        this.sleeper = sleeper;
    }

    /// Who holds the lock keeps it waiting from now on; see [Contention#MUTEX].
    public void noteDelay() {
        queued = Contention.MUTEX.isOn() ? micros() : 0;
    }

    /// For how many nanoseconds it has been kept waiting; right for an hour.
    public long delay() {
        return queued == 0 ? 0 : Integer.toUnsignedLong(micros() - queued) * 1000;
    }

    private static int micros() {
        return (int) (Timers.now() / 1000) | 1;
    }
}
