package gofer.runtime.park;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A first-in first-out queue of waiters, linked through themselves, so that leaving from anywhere takes constant time.
///
/// Not thread-safe: every call happens under the lock of whatever owns the queue.
public final class WaitQueue {

    private static final VarHandle FIRST =
            ConstantBootstraps.fieldVarHandle(
                    MethodHandles.lookup(), "first", VarHandle.class, WaitQueue.class, Waiter.class);

    private @Nullable Waiter first; // written with release, for glimpseEmpty
    private @Nullable Waiter last;
    private int size; // read without the lock by dumps

    /// Whether nobody waits.
    public boolean isEmpty() {
        return first == null;
    }

    /// Whether nobody waits, asked without the lock.
    public boolean glimpseEmpty() {
        return FIRST.getAcquire(this) == null;
    }

    /// Queues `waiter` behind all others.
    public void addLast(Waiter waiter) {
        waiter.queue = this;
        waiter.previous = last;
        if (last == null) {
            setFirst(waiter);
        } else {
            last.next = waiter;
        }
        last = waiter;
        size++;
    }

    /// Queues `waiter` before all others, for one that has had its turn and missed it.
    public void addFirst(Waiter waiter) {
        waiter.queue = this;
        waiter.next = first;
        if (first == null) {
            last = waiter;
        } else {
            first.previous = waiter;
        }
        setFirst(waiter);
        size++;
    }

    /// The first waiter, claimed or not; null if nobody waits.
    public @Nullable Waiter first() {
        return first;
    }

    /// Takes out the first waiter, claimed or not; null if nobody waits.
    public @Nullable Waiter poll() {
        Waiter waiter = first;
        if (waiter != null) {
            remove(waiter);
        }
        return waiter;
    }

    /// Takes out and claims the first waiter that is still asleep; null if there is none.
    public @Nullable Waiter claimFirst() {
        for (Waiter waiter = poll(); waiter != null; waiter = poll()) {
            if (waiter.sleeper.claim(waiter)) {
                return waiter;
            }
        }
        return null;
    }

    /// Takes out and claims everybody, in order; to be woken with [#wakeAll] after the lock is released.
    ///
    /// A list, not a chain of the waiters: a claimed one may go on before it is woken, and stand in another queue by then. If
    /// there is no memory for the list, nobody has been taken out.
    public List<Waiter> claimAll() {
        List<Waiter> claimed = new ArrayList<>(size);
        for (Waiter waiter = claimFirst(); waiter != null; waiter = claimFirst()) {
            claimed.add(waiter);
        }
        return claimed;
    }

    /// Wakes those whom [#claimAll] returned.
    public static void wakeAll(List<Waiter> claimed) {
        for (Waiter waiter : claimed) {
            waiter.sleeper.wake();
        }
    }

    /// Takes out and claims all waiters, and returns them as a chain, to be woken with [#wakeChain]; null if there are none.
    public @Nullable Waiter claimChain() {
        Waiter chain = null;
        for (Waiter waiter = claimFirst(); waiter != null; waiter = claimFirst()) {
            chain = link(chain, waiter);
        }
        return chain;
    }

    /// Appends `waiter`, which is claimed and stands in no queue, to a chain of such waiters. Returns the first of the chain.
    ///
    /// A chain needs no memory, unlike a list. Its waiters must not join a queue again, since a claimed one may go on before
    /// it is woken.
    public static Waiter link(@Nullable Waiter chain, Waiter waiter) {
        if (chain == null) {
            waiter.previous = waiter; // the first of a chain knows the last
            return waiter;
        }
        Waiter last = Objects.requireNonNull(chain.previous);
        last.next = waiter;
        chain.previous = waiter;
        return chain;
    }

    /// Wakes the waiters of a chain.
    public static void wakeChain(@Nullable Waiter chain) {
        for (Waiter waiter = chain; waiter != null; waiter = waiter.next) {
            waiter.sleeper.wake();
        }
    }

    /// Takes `waiter` out, if it still stands in this queue; returns whether it did.
    public boolean remove(Waiter waiter) {
        if (waiter.queue != this) {
            return false;
        }
        Waiter before = waiter.previous;
        Waiter after = waiter.next;
        if (before == null) {
            setFirst(after);
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
        waiter.queue = null;
        waiter.previous = null;
        waiter.next = null;
        size--;
        return true;
    }

    /// Lets everybody look at their deadlines again; they stay in the queue.
    public void nudgeAll() {
        for (Waiter waiter = first; waiter != null; waiter = waiter.next) {
            waiter.sleeper.wake();
        }
    }

    /// For how many nanoseconds `first`, just taken out, and those behind it have been kept waiting in all, about: as if they
    /// had come at equal intervals. From now on another keeps them waiting.
    public long delay(Waiter first) {
        if (this.first == null || last == null) {
            return first.delay();
        }
        long delay = (first.delay() + last.delay()) / 2 * (size + 1);
        this.first.noteDelay();
        last.noteDelay();
        return delay;
    }

    /// How many wait; without the lock, a snapshot.
    public int size() {
        return size;
    }

    private void setFirst(@Nullable Waiter waiter) {
        FIRST.setRelease(this, waiter);
    }
}
