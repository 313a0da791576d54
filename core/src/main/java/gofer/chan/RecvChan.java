package gofer.chan;

import gofer.chan.flavor.TimerChan;
import gofer.goroutine.Cancellation;
import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import java.util.Iterator;
import java.util.Optional;

/// The receiving side of a channel. In a select, it is the arm that receives.
///
/// **Go:** `<-chan T`.
@CheckReturnValue
public sealed interface RecvChan<T> extends Arm<Received<T>>, Iterable<T> permits Chan, TimerChan {

    /// Returns a channel that is never ready: a receive waits forever.
    ///
    /// **Go:** a nil channel.
    static <T> RecvChan<T> never() {
        return Chan.never();
    }

    /// Receives a value.
    ///
    /// Waits until a value is available. Throws [ChanClosedException], with the [#cause] of the close, when the channel
    /// is closed and drained, and [gofer.goroutine.InterruptException] if interrupted while waiting; then nothing has
    /// been received.
    ///
    /// **Memory:** see [SendChan#send].
    @CanIgnoreReturnValue
    default T recv() {
        return valueOf(recvOk());
    }

    /// Receives a value. If `ctx` is cancelled first, throws the context's cause and receives nothing.
    @CanIgnoreReturnValue
    default T recv(Cancellation ctx) {
        return valueOf(recvOk(ctx));
    }

    /// Receives a value as [#recv()] does, but returns [Closed] when the channel is closed and drained.
    @CanIgnoreReturnValue
    Received<T> recvOk();

    /// Receives a value as [#recv(Cancellation)] does, but returns [Closed] when the channel is closed and drained.
    @CanIgnoreReturnValue
    Received<T> recvOk(Cancellation ctx);

    /// Receives without waiting. Returns a [Value], [Closed], or [Empty].
    Polled<T> tryRecv();

    /// Returns this channel if `open`, otherwise a channel that is never ready. Switches an arm of a select on and off.
    ///
    /// **Go:** setting a channel variable to nil.
    default RecvChan<T> when(boolean open) {
        return open ? this : never();
    }

    /// Returns the cause with which the channel was closed; see [SendChan#close(Throwable)]. Returns an empty result if
    /// the channel is open or was closed without a cause.
    ///
    /// **Memory:** the close happens before a call that returns its cause.
    default Optional<Throwable> cause() {
        return Optional.empty();
    }

    /// Returns the number of buffered values. It is a snapshot, without memory effects.
    int len();

    /// Returns the capacity of the buffer.
    int cap();

    /// Returns an iterator that receives until the channel is closed and drained. Its `hasNext` blocks as [#recv()]
    /// does. At the end it returns false, or throws [ChanClosedException] if the channel was closed with a [#cause].
    ///
    /// Each loop has its own iterator. Several loops over one channel share the channel's values among them.
    @Override
    default Iterator<T> iterator() {
        return new Drain<>(this);
    }

    private static <T> T valueOf(Received<T> received) {
        return switch (received) {
            case Value(var value) -> value;
            case Closed() -> throw new ChanClosedException("receive from closed channel", null);
        };
    }
}
