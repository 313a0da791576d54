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
    /// Waits until a receiver takes the value or the buffer has room. Throws [ChanClosedException] if the channel is
    /// closed, before or during the wait, and [gofer.goroutine.InterruptException] if interrupted while waiting. In
    /// either case the value is not sent.
    ///
    /// **Memory:** a send happens before the matching receive returns. The k-th receive on a channel of capacity C
    /// happens before the return of send number k+C. So on an unbuffered channel, a receive happens before its send
    /// returns. On a channel that is unbounded or drops values, a send waits for no receive.
    void send(T value);

    /// Sends `value`. If `ctx` is cancelled first, throws the context's cause and does not send.
    void send(Cancellation ctx, T value);

    /// Sends `value` if that is possible without waiting. Returns whether it was sent. Throws [ChanClosedException] if
    /// the channel is closed.
    boolean trySend(T value);

    /// Returns the send of `value` as an arm of a select.
    Arm<Sent> sending(T value);

    /// Returns this channel if `open`, otherwise a channel that is never ready. Switches an arm of a select on and off.
    ///
    /// **Go:** setting a channel variable to nil.
    SendChan<T> when(boolean open);

    /// Closes the channel, so that nothing more can be sent.
    ///
    /// Receivers first get the values that are still buffered, then learn that the channel is closed. Waiting senders
    /// throw [ChanClosedException]. Throws [ChanClosedException] if the channel is already closed.
    ///
    /// **Memory:** the close happens before the return of a receive that finds the channel closed.
    void close();

    /// Closes the channel as [#close()] does, because of a failure. An operation that fails because the channel is
    /// closed then throws a [ChanClosedException] with `cause` as its cause: a `recv` of a drained channel, a `for`
    /// loop, a send. A receive that returns [Closed] does not throw; [RecvChan#cause] tells the cause.
    ///
    /// {@snippet file="snippets/CloseCause.java" region="cause"}
    void close(Throwable cause);

    /// Returns the number of buffered values. It is a snapshot, without memory effects.
    int len();

    /// Returns the capacity of the buffer.
    int cap();
}
