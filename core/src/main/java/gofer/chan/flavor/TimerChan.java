package gofer.chan.flavor;

import gofer.chan.Empty;
import gofer.chan.Polled;
import gofer.chan.Received;
import gofer.chan.RecvChan;
import gofer.chan.Value;
import gofer.goroutine.Cancellation;
import gofer.runtime.chan.ChanResult;
import gofer.runtime.chan.ChanTimer;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The channel of a timer. It delivers the time at which the timer was due, and is never closed.
public record TimerChan(ChanTimer timer) implements RecvChan<Instant> {

    @Override
    public Received<Instant> recvOk() {
        return new Value<>(receive(null));
    }

    @Override
    public Received<Instant> recvOk(Cancellation ctx) {
        return new Value<>(receive(Objects.requireNonNull(ctx, "ctx")));
    }

    @Override
    public Polled<Instant> tryRecv() {
        Object result = timer.core().tryRecv();
        return result == ChanResult.NOT_READY ? new Empty<>() : new Value<>((Instant) result);
    }

    /// Returns 0: the channel behaves as if unbuffered, although a due time waits to be received.
    @Override
    public int len() {
        return 0;
    }

    /// Returns 0.
    @Override
    public int cap() {
        return 0;
    }

    private Instant receive(@Nullable Cancellation ctx) {
        return (Instant) timer.core().recv(ctx);
    }

    @Override
    public String toString() {
        return timer.core().toString();
    }
}
