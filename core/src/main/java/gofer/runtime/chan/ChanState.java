package gofer.runtime.chan;

import gofer.runtime.park.HappensBefore;
import gofer.runtime.park.QueuedSynchronizer;
import gofer.runtime.park.WaitQueue;
import gofer.runtime.park.Waiter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The state of a channel, and the steps that change it under the lock.
abstract sealed class ChanState extends QueuedSynchronizer permits ChanCore {

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

    static final int CLOSE = -1; // a part for HappensBefore; the slots of the buffer are the other parts

    final Buffer buffer; // guarded by the lock, like the next two fields
    final WaitQueue receivers = new WaitQueue();
    final WaitQueue senders = new WaitQueue();
    final @Nullable ChanTimer timer;
    @Nullable Waiter partner; // claimed under the lock, to be woken once it is released
    @Nullable Throwable cause; // of the close; written before `closed`
    volatile boolean closed; // written under the lock

    /// Creates the state of a channel whose values come from `timer`, if that is not null.
    ChanState(Buffer buffer, @Nullable ChanTimer timer) {
        this.buffer = buffer;
        this.timer = timer;
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
    @Override
    public int len() {
        return buffer.glimpse();
    }

    /// Returns how many values the buffer has room for.
    @Override
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

    // These run without the lock:

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

    /// Records that the current thread takes a value from `slot`, or puts one there. A time comes from the setting of
    /// its timer.
    private void useSlot(int slot) {
        if (timer != null) {
            HappensBefore.acquire(timer);
        } else if (HappensBefore.isRecorded() && slot != Buffer.NO_SLOT) {
            HappensBefore.acquire(this, slot);
            HappensBefore.release(this, slot);
        }
    }

    /// Records that the current thread has given its value to `receiver`, which was waiting: as if through the empty
    /// buffer.
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

    /// Returns the waiter that [#take] or [#put] has served. The caller wakes it after it has released the lock.
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

    final void releaseAndWake() {
        Waiter served = removePartner();
        release();
        if (served != null) {
            served.sleeper.wake();
        }
    }

    @Override
    protected @Nullable Waiter leave(Waiter waiter) {
        receivers.remove(waiter);
        senders.remove(waiter);
        return null;
    }
}
