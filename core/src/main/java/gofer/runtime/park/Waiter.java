package gofer.runtime.park;

import org.jspecify.annotations.Nullable;

/// An operation that waits in one [WaitQueue]: a link of the queue, and the slot through which a value passes.
///
/// The lock of the queue guards the fields until the claim. After it, they belong to the sleeper.
public class Waiter {

    public final Sleeper sleeper;
    public @Nullable Object value; // the value to send, or the value received
    public boolean passed; // the value has passed; false after a close
    private int delayStart; // when the delay began, in microseconds; 0 if not recorded
    @Nullable WaitQueue queue; // the queue that it is in, or null
    @Nullable Waiter previous;
    public @Nullable Waiter next;

    /// Creates the waiter that is a sleeper itself.
    Waiter() {
        this.sleeper = (Sleeper) this;
    }

    /// Creates a waiter of `sleeper` without a value.
    public Waiter(Sleeper sleeper) {
        this.sleeper = sleeper;
    }

    /// Records that the current holder of the lock delays this waiter from now on; see [Contention#MUTEX].
    public void startDelay() {
        delayStart = Contention.MUTEX.isOn() ? micros() : 0;
    }

    /// Returns for how many nanoseconds it has been delayed. Correct up to an hour.
    public long delay() {
        return delayStart == 0 ? 0 : Integer.toUnsignedLong(micros() - delayStart) * 1000;
    }

    private static int micros() {
        return (int) (Timers.now() / 1000) | 1;
    }
}
