package gofer.chan;

import gofer.goroutine.Cancellation;
import gofer.runtime.annotation.CheckReturnValue;

/// The sending side of a channel.
///
/// **Go:** `chan<- T`.
@CheckReturnValue
public sealed interface SendChan<T> permits Chan {

    /// Sends `value`.
    ///
    /// Blocks until a receiver takes it or the buffer has room. Throws [ChanClosedException] if the channel is closed,
    /// also if that happens while it waits, and [gofer.goroutine.InterruptException] if interrupted while it waits; in
    /// either case the value is not sent.
    ///
    /// **Memory:** a send happens before the matching receive returns. The k-th receive on a channel of capacity C
    /// happens before the send number k+C returns; so, unbuffered, a receive happens before its send returns.
    void send(T value);

    /// Sends `value`, unless `ctx` is cancelled first: then throws the context's cause, and the value is not sent.
    void send(Cancellation ctx, T value);

    /// Sends `value` if that takes no waiting, and tells whether it did. Throws [ChanClosedException] if the channel is
    /// closed.
    boolean trySend(T value);

    /// The send of `value` as an arm of a select.
    Arm<Sent> sending(T value);

    /// This channel, or one that is never ready if not `open`: switches an arm of a select on and off.
    ///
    /// **Go:** setting a channel variable to nil.
    SendChan<T> when(boolean open);

    /// Closes the channel: nothing more will be sent.
    ///
    /// Receivers get the values that are still buffered, then learn that it is closed. Senders that wait fail. Throws
    /// [ChanClosedException] if it is closed already.
    ///
    /// **Memory:** the close happens before a receive that answers [Closed].
    void close();

    /// How many values are buffered: a snapshot. Orders nothing.
    int len();

    /// How many values the buffer has room for.
    int cap();
}
