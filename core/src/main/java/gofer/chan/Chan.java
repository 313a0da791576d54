package gofer.chan;

import gofer.chan.flavor.Cores;
import gofer.goroutine.Cancellation;
import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.chan.Buffer;
import gofer.runtime.chan.ChanCore;
import gofer.runtime.chan.ChanResult;
import gofer.runtime.chan.NamedChanCore;
import gofer.runtime.chan.SendOp;
import gofer.runtime.park.World;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A channel: a queue through which goroutines pass values. A receive from an empty channel and a send on a full one
/// wait. On channels with [Overflow], and on those without a limit, no send waits.
///
/// {@snippet file="snippets/Channels.java" region="channels"}
///
/// Any number of goroutines and threads may use a channel. Values arrive in the order in which they were sent. Waiting
/// goroutines are served in the order of arrival. Null cannot be sent.
///
/// **Go:** [channel types](https://go.dev/ref/spec#Channel_types); `runtime/chan.go`.
@CheckReturnValue
public final class Chan<T> implements SendChan<T>, RecvChan<T> {

    /// The capacity of a channel whose buffer grows without a limit: a send never waits. If receivers are slower than
    /// senders, the values fill the heap; a send that finds no memory throws [OutOfMemoryError] and sends nothing.
    ///
    /// **Go:** has no such channels. Kotlin has `UNLIMITED`.
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    private static final Chan<?> NEVER = new Chan<>(ChanCore.NEVER);

    static {
        Cores.open(Chan::new, chan -> chan.core);
    }

    final ChanCore core;

    private Chan(ChanCore core) {
        this.core = core;
    }

    /// Returns a new channel without a buffer: each send waits for its receive.
    public static <T> Chan<T> make() {
        return new Chan<>(new ChanCore(0));
    }

    /// Returns a new channel with a buffer for `capacity` values, which may be [#UNBOUNDED]. Throws
    /// [IllegalArgumentException] if `capacity` is negative.
    public static <T> Chan<T> make(int capacity) {
        return new Chan<>(new ChanCore(buffer(capacity)));
    }

    /// Returns a new channel with a buffer for `capacity` values, on which no send waits: if the buffer is full, a value is
    /// dropped. Throws [IllegalArgumentException] if `capacity` is less than 1.
    public static <T> Chan<T> make(int capacity, Overflow overflow) {
        return new Chan<>(new ChanCore(buffer(capacity, overflow)));
    }

    private static Buffer buffer(int capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("makechan: size out of range: " + capacity);
        }
        return Buffer.of(capacity);
    }

    private static Buffer buffer(int capacity, Overflow overflow) {
        boolean oldest = Objects.requireNonNull(overflow, "overflow") == Overflow.DROP_OLDEST;
        if (capacity < 1) {
            throw new IllegalArgumentException(
                    "makechan: size out of range for a channel that drops values: " + capacity);
        }
        return Buffer.dropping(capacity, oldest);
    }

    /// Returns a new channel with a name. Dumps show the name, and [gofer.diagnostics.Metrics] counts the operations on
    /// the channel. Channels of the same name are counted together. Names are never forgotten, so name a channel for
    /// its role in the program, not each of a million channels.
    public static <T> Chan<T> named(String name, int capacity) {
        return named(name, buffer(capacity));
    }

    /// Returns a channel with a name, like [#named(String, int)], that drops values, like [#make(int, Overflow)].
    public static <T> Chan<T> named(String name, int capacity, Overflow overflow) {
        return named(name, buffer(capacity, overflow));
    }

    private static <T> Chan<T> named(String name, Buffer buffer) {
        return new Chan<>(new NamedChanCore(Objects.requireNonNull(name, "name"), buffer));
    }

    /// Returns the channel that is never ready: a send or receive waits forever, and close throws
    /// [ChanClosedException].
    ///
    /// **Go:** a nil channel.
    @SuppressWarnings("unchecked") // no value ever passes through it
    public static <T> Chan<T> never() {
        return (Chan<T>) NEVER;
    }

    @Override
    public void send(T value) {
        expectOpen(core, core.send(notNull(value), null));
    }

    @Override
    public void send(Cancellation ctx, T value) {
        expectOpen(core, core.send(notNull(value), Objects.requireNonNull(ctx, "ctx")));
    }

    @Override
    public boolean trySend(T value) {
        Object result = core.trySend(notNull(value));
        expectOpen(core, result);
        return result == ChanResult.SENT;
    }

    @Override
    public Arm<Sent> sending(T value) {
        return new SendArm(new SendOp(core, notNull(value)));
    }

    @Override
    public void close() {
        closeBecause(null);
    }

    @Override
    public void close(Throwable cause) {
        closeBecause(Objects.requireNonNull(cause, "cause"));
    }

    void closeBecause(@Nullable Throwable cause) {
        if (core == ChanCore.NEVER) {
            throw new ChanClosedException("close of nil channel", null);
        }
        if (!core.close(cause)) {
            throw new ChanClosedException("close of closed channel", core.cause());
        }
    }

    @Override
    public Optional<Throwable> cause() {
        World.point(SyncPoint.LOOK, core);
        return Optional.ofNullable(core.cause());
    }

    @Override
    @CanIgnoreReturnValue
    public T recv() {
        return open(core.recv(null));
    }

    @Override
    @CanIgnoreReturnValue
    public T recv(Cancellation ctx) {
        return open(core.recv(Objects.requireNonNull(ctx, "ctx")));
    }

    @Override
    @CanIgnoreReturnValue
    public Received<T> recvOk() {
        return received(core.recv(null));
    }

    @Override
    @CanIgnoreReturnValue
    public Received<T> recvOk(Cancellation ctx) {
        return received(core.recv(Objects.requireNonNull(ctx, "ctx")));
    }

    @Override
    public Polled<T> tryRecv() {
        Object result = core.tryRecv();
        return result == ChanResult.NOT_READY ? new Empty<>() : received(result);
    }

    @Override
    public Chan<T> when(boolean open) {
        return open ? this : never();
    }

    @Override
    public int len() {
        World.point(SyncPoint.LOOK, core);
        return core.len();
    }

    @Override
    public int cap() {
        return core.cap();
    }

    /// Returns the channel's identity and fill level: `chan 7 (2/8)`.
    @Override
    public String toString() {
        return core.toString();
    }

    /// Converts the result of a core's receive to the public type.
    static <T> Received<T> received(Object result) {
        return result == ChanResult.CLOSED ? new Closed<>() : new Value<>(valueOf(result));
    }

    /// Throws [ChanClosedException] if `result`, the result of a send on `core`, says that the channel is closed.
    static void expectOpen(ChanCore core, Object result) {
        if (result == ChanResult.CLOSED) {
            throw new ChanClosedException("send on closed channel", core.cause());
        }
    }

    /// Returns the exception for a receiver that expected a value from `core`, which is closed and drained.
    static ChanClosedException noValue(ChanCore core) {
        return new ChanClosedException("receive from closed channel", core.cause());
    }

    static <T> T notNull(@Nullable T value) {
        return Objects.requireNonNull(value, "null cannot be sent on a channel");
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // a channel yields only what was sent on it
    static <T> T valueOf(Object result) {
        return (T) result;
    }

    private T open(Object result) {
        if (result == ChanResult.CLOSED) {
            throw noValue(core);
        }
        return valueOf(result);
    }
}
