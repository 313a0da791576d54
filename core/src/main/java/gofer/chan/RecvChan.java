package gofer.chan;

import gofer.chan.flavor.TimerChan;
import gofer.goroutine.Cancellation;
import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import java.util.Iterator;

/// The receiving side of a channel; in a select, the arm that receives.
///
/// **Go:** `<-chan T`.
@CheckReturnValue
public sealed interface RecvChan<T> extends Arm<Received<T>>, Iterable<T> permits Chan, TimerChan {

    /// A channel that is never ready: a receive waits for ever.
    ///
    /// **Go:** a nil channel.
    static <T> RecvChan<T> never() {
        return Chan.never();
    }

    /// Receives a value.
    ///
    /// Blocks until there is one. Throws [ChanClosedException] when the channel is closed and drained, and
    /// [gofer.goroutine.InterruptException] if interrupted while it waits; then nothing has been received.
    ///
    /// **Memory:** see [SendChan#send].
    @CanIgnoreReturnValue
    default T recv() {
        return valueOf(recvOk());
    }

    /// Receives a value, unless `ctx` is cancelled first: then throws the context's cause, and nothing is received.
    @CanIgnoreReturnValue
    default T recv(Cancellation ctx) {
        return valueOf(recvOk(ctx));
    }

    /// As [#recv()], but answers [Closed] when the channel is closed and drained.
    @CanIgnoreReturnValue
    Received<T> recvOk();

    /// As [#recv(Cancellation)], but answers [Closed] when the channel is closed and drained.
    @CanIgnoreReturnValue
    Received<T> recvOk(Cancellation ctx);

    /// Receives if that takes no waiting: a [Value], [Closed], or [Empty].
    Polled<T> tryRecv();

    /// This channel, or one that is never ready if not `open`: switches an arm of a select on and off.
    ///
    /// **Go:** setting a channel variable to nil.
    default RecvChan<T> when(boolean open) {
        return open ? this : never();
    }

    /// How many values are buffered: a snapshot. Orders nothing.
    int len();

    /// How many values the buffer has room for.
    int cap();

    /// Receives until the channel is closed and drained: `hasNext` blocks as [#recv()] does.
    ///
    /// Each loop has an iterator of its own; several loops over one channel share its values between them.
    @Override
    default Iterator<T> iterator() {
        return new Drain<>(this);
    }

    private static <T> T valueOf(Received<T> received) {
        return switch (received) {
            case Value(var value) -> value;
            case Closed() -> throw new ChanClosedException("receive from closed channel");
        };
    }
}
