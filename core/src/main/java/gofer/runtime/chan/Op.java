package gofer.runtime.chan;

import gofer.runtime.park.Owned;
import org.jspecify.annotations.Nullable;

/// What one arm of a select would do: receive from a channel, or send a value to one. A channel is its own receive.
///
/// Carried out, it yields one object: the value received, or one of the marks [ChanResult].
public sealed interface Op extends Owned permits ChanCore, SendOp {

    /// The channel.
    ChanCore core();

    /// The value to be sent; null for a receive.
    @Nullable Object value();

    /// Whether it could go ahead, asked without the lock.
    default boolean looksReady() {
        return value() == null ? core().looksReadyToTake() : core().looksReadyToPut();
    }

    /// Carries it out if that takes no waiting; else answers [ChanResult#NOT_READY].
    default Object attempt() {
        Object value = value();
        return value == null ? core().attempt() : core().attempt(value);
    }

    /// Whether it can go ahead. Under the lock of the channel, as [#perform].
    default boolean isReady() {
        return value() == null ? core().isReadyToTake() : core().isReadyToPut();
    }

    /// Carries it out; answers [ChanResult#NOT_READY] if the waiter that made it ready has given up.
    default Object perform() {
        Object value = value();
        return value == null ? core().take() : core().put(value);
    }
}
