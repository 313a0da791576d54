package gofer.runtime;

import org.jspecify.annotations.Nullable;

/// One operation that waits in one [WaitQueue]: a link of the queue, and the slot through which a value passes.
///
/// Its fields are guarded by the lock of the queue until the claim; from then on they belong to the sleeper.
public final class Waiter {

    final Sleeper sleeper;
    @Nullable Object value; // to be sent; or what was received
    boolean passed; // the value has passed; false when a close woke it
    @Nullable WaitQueue queue; // where it stands, or null
    @Nullable Waiter previous;
    @Nullable Waiter next;

    /// A waiter of `sleeper` that carries no value.
    public Waiter(Sleeper sleeper) {
        this.sleeper = sleeper;
    }
}
