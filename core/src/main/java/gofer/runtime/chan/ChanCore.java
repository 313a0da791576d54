package gofer.runtime.chan;

import gofer.goroutine.Cancellation;
import gofer.goroutine.WaitReason;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.CallSites;
import gofer.runtime.park.HappensBefore;
import gofer.runtime.park.Sleeper;
import gofer.runtime.park.WaitEdge;
import gofer.runtime.park.WaitQueue;
import gofer.runtime.park.Waiter;
import gofer.runtime.park.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The operations of a channel, for values of any type except null.
public sealed class ChanCore extends ChanState implements Op, Sleeper.Deadline permits NamedChanCore, DoneChan {

    private static final AtomicLong ORDER = new AtomicLong();

    /// A channel on which nothing ever happens: Go's nil channel.
    public static final ChanCore NEVER = new ChanCore(new Ring(0), null, null);

    final long id = nextOrder(); // selects lock channels in the order of ids
    private final @Nullable StackTraceElement site = CallSites.ofNew();
    public final @Nullable World world; // the only one in which it may be used; null if anywhere

    /// Creates a channel with room for `capacity` values. With 0, every send waits for its receive.
    public ChanCore(int capacity) {
        this(new Ring(capacity));
    }

    /// Creates a channel with `buffer`.
    public ChanCore(Buffer buffer) {
        this(buffer, null, World.current());
    }

    /// Creates an unbuffered channel of `world`.
    ChanCore(@Nullable World world) {
        this(new Ring(0), null, world);
    }

    /// Creates a channel whose values come from `timer`.
    ChanCore(ChanTimer timer, Ring ring) {
        this(ring, timer, World.current());
    }

    private ChanCore(Buffer buffer, @Nullable ChanTimer timer, @Nullable World world) {
        super(buffer, timer);
        this.world = world;
    }

    /// Returns the next [Op#order].
    public static long nextOrder() {
        return ORDER.getAndIncrement();
    }

    /// Sends `value`. Waits until a receiver or the buffer takes it. Returns [ChanResult#SENT], [ChanResult#DROPPED] or
    /// [ChanResult#CLOSED].
    public Object send(Object value, @Nullable Cancellation cancellation) {
        World.point(SyncPoint.SEND, this);
        Sleeper.check(cancellation);
        if (this == NEVER) {
            throw Sleeper.sleepForever(WaitReason.CHAN_SEND_NEVER, this, cancellation);
        }
        Waiter waiter;
        acquire();
        try {
            Object result = put(value);
            if (result != ChanResult.NOT_READY) {
                return result;
            }
            waiter = new Sleeper(WaitReason.CHAN_SEND, this);
            waiter.value = value;
            HappensBefore.release(waiter);
            senders.addLast(waiter);
        } finally {
            releaseAndWake();
        }
        return awaitReceiver(waiter, cancellation);
    }

    private Object awaitReceiver(Waiter waiter, @Nullable Cancellation cancellation) {
        long start = startOfWait();
        try {
            sleep(waiter, cancellation);
        } finally {
            waited(true, start);
        }
        return waiter.passed ? ChanResult.SENT : ChanResult.CLOSED;
    }

    /// Sends `value` if it need not wait. Returns [ChanResult#SENT], [ChanResult#DROPPED], [ChanResult#CLOSED] or
    /// [ChanResult#NOT_READY].
    public Object trySend(Object value) {
        World.point(SyncPoint.TRY_SEND, this);
        return attempt(value);
    }

    /// Like [#trySend], for an arm of a select, which has had its scheduling point.
    Object attempt(Object value) {
        if (!looksReadyToPut()) {
            return ChanResult.NOT_READY;
        }
        acquire();
        try {
            return put(value);
        } finally {
            releaseAndWake();
        }
    }

    /// Returns a received value, or [ChanResult#CLOSED]. Waits until there is one.
    public Object recv(@Nullable Cancellation cancellation) {
        World.point(SyncPoint.RECV, this);
        Sleeper.check(cancellation);
        if (this == NEVER) {
            throw Sleeper.sleepForever(WaitReason.CHAN_RECEIVE_NEVER, this, cancellation);
        }
        for (; ; ) {
            Waiter waiter;
            acquire();
            try {
                Object result = take();
                if (result != ChanResult.NOT_READY) {
                    return result;
                }
                waiter = new Sleeper(WaitReason.CHAN_RECEIVE, this);
                HappensBefore.release(waiter);
                receivers.addLast(waiter);
            } finally {
                releaseAndWake();
            }
            Object result = awaitSender(waiter, cancellation);
            if (result != ChanResult.NOT_READY) {
                return result;
            }
        }
    }

    /// Returns [ChanResult#NOT_READY] when the timer of the channel is due: the receiver has to try again.
    private Object awaitSender(Waiter waiter, @Nullable Cancellation cancellation) {
        long start = startOfWait();
        boolean completed;
        try {
            completed = sleep(waiter, this, cancellation);
        } finally {
            waited(false, start);
        }
        return completed ? completed(waiter) : ChanResult.NOT_READY;
    }

    /// Returns a received value, or [ChanResult#CLOSED], or [ChanResult#NOT_READY] if it would have to wait.
    public Object tryRecv() {
        World.point(SyncPoint.TRY_RECV, this);
        return attempt();
    }

    @Override
    public Object attempt() {
        if (!looksReadyToTake()) {
            return ChanResult.NOT_READY;
        }
        acquire();
        try {
            return take();
        } finally {
            releaseAndWake();
        }
    }

    /// Closes the channel without a cause, and returns whether it was open.
    public boolean close() {
        return close(null);
    }

    /// Closes the channel because of `cause`, null if nothing has failed, and returns whether it was open. Values in
    /// the buffer can still be received. The operations of waiting receivers and senders return [ChanResult#CLOSED].
    public boolean close(@Nullable Throwable cause) {
        World.point(SyncPoint.CLOSE, this);
        List<Waiter> claimed;
        acquire();
        try {
            if (closed) {
                return false;
            }
            claimed = new ArrayList<>(receivers.size() + senders.size()); // if there is no memory, nothing has changed
            HappensBefore.release(this, CLOSE);
            this.cause = cause;
            closed = true;
            receivers.claimAll(claimed);
            senders.claimAll(claimed);
        } finally {
            release();
        }
        WaitQueue.wakeAll(claimed);
        return true;
    }

    /// Returns when a sleeping receiver has to check the channel again: never, unless it is a timer's channel.
    @Override
    public long deadline() {
        return timer == null || world != World.current() ? Sleeper.NEVER : timer.deadline();
    }

    /// Returns the same by the real clock, for a receiver in a world.
    @Override
    public long realDeadline() {
        return timer == null || world != null ? Sleeper.NEVER : timer.deadline();
    }

    /// Returns whether a thread outside of `world` may close the channel.
    public boolean mayCloseOutside(World world) {
        return this.world != world;
    }

    /// Returns the time of [Timers#realNow] at which the real clock closes the channel, or [Sleeper#NEVER] if that is
    /// not known.
    public long due() {
        return Sleeper.NEVER;
    }

    /// Returns what messages call the channel.
    String role() {
        return timer == null ? "channel" : "timer";
    }

    // As the operation of an arm of a select: a receive.

    @Override
    public ChanCore target() {
        return this;
    }

    @Override
    public long order() {
        return id;
    }

    @Override
    public boolean looksReady() {
        return looksReadyToTake();
    }

    @Override
    public boolean isReady() {
        return isReadyToTake();
    }

    @Override
    public Object perform() {
        return take();
    }

    @Override
    public void join(Waiter waiter) {
        receivers.addLast(waiter);
    }

    @Override
    public Object completed(Waiter waiter) {
        return waiter.passed ? received(waiter) : ChanResult.CLOSED;
    }

    @Override
    public boolean isSameKind(Op other) {
        return other == this;
    }

    @Override
    public boolean isNever() {
        return this == NEVER;
    }

    @Override
    public void waited(long start) {
        waited(false, start);
    }

    @Override
    public WaitEdge edge() {
        return new WaitEdge("to receive from", this, List.of());
    }

    // For NamedChanCore.

    /// Returns what to pass to [#waited] at the end of a wait that begins now.
    long startOfWait() {
        return 0;
    }

    /// Called at the end of a wait.
    void waited(boolean toSend, long start) {}

    static Object received(Waiter waiter) {
        return Objects.requireNonNull(waiter.value);
    }

    @Override
    public void checkUse(SyncPoint operation, @Nullable World here) {
        if (world != null && world != here) {
            throw World.outsideUseError(world, role(), ": " + this);
        }
    }

    @Override
    public String kind() {
        return "chan";
    }

    @Override
    public List<WaitEdge> waits(WaitReason reason) {
        return this == NEVER
                ? List.of()
                : List.of(reason == WaitReason.CHAN_SEND ? new WaitEdge("to send to", this, List.of()) : edge());
    }

    @Override
    public String label() {
        return String.valueOf(id);
    }

    @Override
    public @Nullable StackTraceElement site() {
        return site;
    }

    @Override
    public Map<String, Object> facts() {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("len", len());
        facts.put("cap", cap());
        if (buffer instanceof DroppingRing) {
            facts.put("dropped", buffer.dropped());
        }
        facts.put("closed", closed);
        facts.put("receivers", receivers.size());
        facts.put("senders", senders.size());
        return facts;
    }

    @Override
    public String toString() {
        return this == NEVER ? "nil chan" : title() + " (" + len() + "/" + room() + (closed ? ", closed)" : ")");
    }

    private String room() {
        return buffer instanceof UnboundedBuffer ? "unbounded" : String.valueOf(cap());
    }
}
