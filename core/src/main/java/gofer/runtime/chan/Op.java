package gofer.runtime.chan;

import gofer.runtime.park.Owned;
import org.jspecify.annotations.Nullable;

/// The operation of one arm of a select: a receive from a channel, or a send of a value. A channel is its own receive.
///
/// The result is one object: the value received, or a [ChanResult].
public sealed interface Op extends Owned permits ChanCore, SendOp {

    /// Returns the channel.
    ChanCore core();

    /// Returns the value to send, or null for a receive.
    @Nullable Object value();

    /// Returns whether the operation looks ready. Runs without the lock.
    default boolean looksReady() {
        return value() == null ? core().looksReadyToTake() : core().looksReadyToPut();
    }

    /// Performs the operation if it need not wait; otherwise returns [ChanResult#NOT_READY].
    default Object attempt() {
        Object value = value();
        return value == null ? core().attempt() : core().attempt(value);
    }

    /// Returns whether the operation is ready. Runs under the lock of the channel, like [#perform].
    default boolean isReady() {
        return value() == null ? core().isReadyToTake() : core().isReadyToPut();
    }

    /// Performs the operation. Returns [ChanResult#NOT_READY] if the waiter that made it ready has given up.
    default Object perform() {
        Object value = value();
        return value == null ? core().take() : core().put(value);
    }
}
