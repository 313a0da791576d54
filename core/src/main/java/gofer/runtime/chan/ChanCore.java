package gofer.runtime.chan;

import gofer.goroutine.Cancellation;
import gofer.goroutine.WaitReason;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.CallSites;
import gofer.runtime.park.HappensBefore;
import gofer.runtime.park.QueuedSynchronizer;
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

/// The algorithm of a channel, for values of any type except null.
public sealed class ChanCore extends QueuedSynchronizer implements Op, Sleeper.Deadline
        permits NamedChanCore, DoneChan {

    /*
     * A channel is a lock, a buffer and two queues of waiters.
     *
     * Invariants (hold whenever the lock is free)
     *   I1  senders or receivers is empty, except for selects that wait on both sides
     *   I2  buffer not empty => receivers is empty         (except for a timer's channel, see ChanTimer)
     *   I3  buffer not full  => senders is empty           (for capacity 0 it is always both empty and full)
     *   I4  closed           => senders is empty, and receivers is empty
     * "Empty" ignores waiters whose wait was called off: they leave a moment later.
     *
     * A send tries three things in this order: hand the value to the first receiver; put it in the buffer; wait.
     * A receive tries four: take the head of the buffer, and let the value of the first sender fill the free slot; take the
     * value of the first sender; return the end if the channel is closed; wait. So values pass in the order of the
     * sends, and waiters are served in the order of their arrival.
     *
     * A thread that finds a waiter completes the waiter's operation. It passes the value through the waiter, claims the
     * sleeper, and wakes the sleeper after it has released the lock (`partner` remembers it until then). The woken
     * goroutine does not take the lock again and cannot lose its value to a newcomer.
     *
     * The non-blocking operations fail without the lock if possible. They check for a value (or room) first and read `closed`
     * second. A channel that is not closed at the second check was not closed at the first, so it really was not ready then.
     *
     * Edges for HappensBefore: a waiter carries what its operation did before it waited, a slot of the buffer what the sender
     * and the receiver of its last value did, and the part CLOSE what came before the close. While edges are recorded, a value
     * that a receiver gets directly uses up a slot, too. So the k-th receive and send k+C use the same slot. A buffer that
     * never makes a sender wait has no slots: its values carry the edges.
     *
     * Differs from Go's chan.go: a waiter holds its own value instead of a pointer into a stack. The claim is a
     * compare-and-set also outside of select, because an interrupt or a cancellation may call off any wait.
     */

    private static final AtomicLong ORDER = new AtomicLong();

    private static final int CLOSE = -1; // a part for HappensBefore; the slots of the buffer are the other parts

    /// A channel on which nothing ever happens: Go's nil channel.
    public static final ChanCore NEVER = new ChanCore(new Ring(0), null, null);

    final long id = nextOrder(); // selects lock channels in the order of ids
    final Buffer buffer; // guarded by the lock, like the next two fields
    final WaitQueue receivers = new WaitQueue();
    final WaitQueue senders = new WaitQueue();
    private final @Nullable ChanTimer timer;
    private final @Nullable StackTraceElement site = CallSites.ofNew();
    public final @Nullable World world; // the only one in which it may be used; null if anywhere
    @Nullable Waiter partner; // claimed under the lock, to be woken once it is released
    private @Nullable Throwable cause; // of the close; written before `closed`
    private volatile boolean closed; // written under the lock

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
        this.buffer = buffer;
        this.timer = timer;
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

    /// Closes the channel because of `cause`, null if nothing has failed, and returns whether it was open. Values in the buffer
    /// can still be received. The operations of waiting receivers and senders return [ChanResult#CLOSED].
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

    /// Returns whether the channel has been closed.
    public boolean isClosed() {
        return closed;
    }

    /// Returns the cause of the close; null if there is none, or if the channel is open.
    public @Nullable Throwable cause() {
        Throwable known = closed ? cause : null;
        if (known != null) {
            HappensBefore.acquire(this, CLOSE);
        }
        return known;
    }

    /// Returns how many values are in the buffer: a snapshot.
    public int len() {
        return buffer.glimpse();
    }

    /// Returns how many values the buffer has room for.
    public int cap() {
        return buffer.capacity();
    }

    /// Returns how many values were dropped.
    public long dropped() {
        acquire();
        try {
            return buffer.dropped();
        } finally {
            release();
        }
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

    // The parts of plain operations and of selects. These run without the lock:

    boolean looksReadyToTake() {
        boolean something =
                timer != null ? timer.looksDue() : cap() > 0 ? buffer.glimpse() > 0 : !senders.glimpseEmpty();
        return something || closed;
    }

    boolean looksReadyToPut() {
        return buffer.glimpseRoom() || !receivers.glimpseEmpty() || closed;
    }

    // These run under the lock. If the wait of a waiter that they find was called off, take and put return NOT_READY.

    boolean isReadyToTake() {
        settle();
        return !buffer.isEmpty() || closed || !senders.isEmpty();
    }

    boolean isReadyToPut() {
        return !buffer.isFull() || closed || !receivers.isEmpty();
    }

    Object take() {
        settle();
        if (!buffer.isEmpty()) {
            int slot = buffer.head();
            useSlot(slot); // before the claim, which orders this receive before the return of that send
            Object next = takeFromSender();
            if (next == null) {
                return buffer.take();
            }
            HappensBefore.pass(Objects.requireNonNull(partner), this, slot);
            return ((Ring) buffer).exchange(next); // only in a ring do senders wait
        }
        if (closed) {
            HappensBefore.acquire(this, CLOSE);
            return ChanResult.CLOSED;
        }
        Object value = takeFromSender();
        if (value == null) {
            return ChanResult.NOT_READY;
        }
        HappensBefore.acquire(Objects.requireNonNull(partner));
        return value;
    }

    Object put(Object value) {
        if (closed) {
            return ChanResult.CLOSED;
        }
        for (Waiter receiver = receivers.poll(); receiver != null; receiver = receivers.poll()) {
            receiver.value = value;
            receiver.passed = true;
            if (HappensBefore.isRecorded() && cap() > 0 && buffer.tail() != Buffer.NO_SLOT) {
                HappensBefore.acquire(this, buffer.tail());
            }
            if (receiver.sleeper.claim(receiver)) {
                partner = receiver;
                if (HappensBefore.isRecorded()) {
                    recordHandOver(receiver);
                }
                return ChanResult.SENT;
            }
            receiver.value = null;
        }
        if (buffer.isFull()) {
            return ChanResult.NOT_READY;
        }
        useSlot(buffer.tail());
        return buffer.put(value);
    }

    /// Records that the current thread takes a value from `slot`, or puts one there. A time comes from the setting of its timer.
    private void useSlot(int slot) {
        if (timer != null) {
            HappensBefore.acquire(timer);
        } else if (HappensBefore.isRecorded() && slot != Buffer.NO_SLOT) {
            HappensBefore.acquire(this, slot);
            HappensBefore.release(this, slot);
        }
    }

    /// Records that the current thread has given its value to `receiver`, which was waiting: as if through the empty buffer.
    private void recordHandOver(Waiter receiver) {
        if (cap() == 0) {
            HappensBefore.acquire(receiver);
        } else if (buffer.tail() != Buffer.NO_SLOT) {
            int slot = buffer.tail();
            HappensBefore.release(this, slot);
            HappensBefore.pass(receiver, this, slot);
            buffer.skip();
        }
    }

    @Override
    public @Nullable Waiter removePartner() {
        Waiter served = partner;
        partner = null;
        return served;
    }

    /// Completes the first send that still waits, and returns its value; null if there is none. Reads the value before the
    /// claim: after it, the waiter belongs to its sleeper, which may be awake already and send something else.
    private @Nullable Object takeFromSender() {
        for (Waiter sender = senders.poll(); sender != null; sender = senders.poll()) {
            Object value = sender.value;
            sender.passed = true;
            if (sender.sleeper.claim(sender)) {
                partner = sender;
                return value;
            }
        }
        return null;
    }

    private void settle() {
        if (timer != null) {
            timer.settle();
        }
    }

    private void releaseAndWake() {
        Waiter served = removePartner();
        release();
        if (served != null) {
            served.sleeper.wake();
        }
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

    @Override
    protected @Nullable Waiter leave(Waiter waiter) {
        receivers.remove(waiter);
        senders.remove(waiter);
        return null;
    }

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
