package gofer.runtime.park;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A first-in first-out queue of waiters. The waiters are the links, so any waiter can leave in constant time.
///
/// Not thread-safe: every call happens under the lock of the owner of the queue.
public final class WaitQueue {

    private static final VarHandle FIRST =
            ConstantBootstraps.fieldVarHandle(
                    MethodHandles.lookup(), "first", VarHandle.class, WaitQueue.class, Waiter.class);

    private @Nullable Waiter first; // written with release, for glimpseEmpty
    private @Nullable Waiter last;
    private int size; // read without the lock by dumps

    /// Returns whether the queue is empty.
    public boolean isEmpty() {
        return first == null;
    }

    /// Returns whether the queue is empty. Runs without the lock.
    public boolean glimpseEmpty() {
        return FIRST.getAcquire(this) == null;
    }

    /// Adds `waiter` at the end.
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

    /// Adds `waiter` at the front: it has had its turn and missed it.
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

    /// Returns the first waiter, claimed or not; null if there is none.
    public @Nullable Waiter first() {
        return first;
    }

    /// Takes out the first waiter, claimed or not; null if there is none.
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

    /// Takes out and claims all waiters, and adds them to `claimed` in order. The caller wakes them with [#wakeAll] after
    /// it has released the lock. `claimed` must have room for them, because a failure to add one would lose it.
    ///
    /// A list, not a chain: a claimed waiter may continue before it is woken, and join another queue.
    public void claimAll(List<Waiter> claimed) {
        for (Waiter waiter = claimFirst(); waiter != null; waiter = claimFirst()) {
            claimed.add(waiter);
        }
    }

    /// Wakes the waiters that [#claimAll] has claimed.
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

    /// Appends `waiter`, which is claimed and is in no queue, to a chain of such waiters. Returns the first of the chain.
    ///
    /// A chain needs no memory, unlike a list. Its waiters must not join a queue again, since a claimed one may continue before
    /// it is woken.
    public static Waiter link(@Nullable Waiter chain, Waiter waiter) {
        if (chain == null) {
            waiter.previous = waiter; // the first waiter of a chain refers to the last
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

    /// Takes `waiter` out if it is in this queue. Returns whether it was.
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

    /// Makes all waiters check their deadlines again. They stay in the queue.
    public void nudgeAll() {
        for (Waiter waiter = first; waiter != null; waiter = waiter.next) {
            waiter.sleeper.wake();
        }
    }

    /// Returns about how many nanoseconds `taken`, which was just taken out, and the waiters behind it have been
    /// delayed in total. Assumes that they came at equal intervals. From now on, another holder delays them.
    public long delay(Waiter taken) {
        if (first == null || last == null) {
            return taken.delay();
        }
        long delay = (taken.delay() + last.delay()) / 2 * (size + 1);
        first.startDelay();
        last.startDelay();
        return delay;
    }

    /// Returns how many waiters there are. Without the lock, the result is a snapshot.
    public int size() {
        return size;
    }

    private void setFirst(@Nullable Waiter waiter) {
        FIRST.setRelease(this, waiter);
    }
}
