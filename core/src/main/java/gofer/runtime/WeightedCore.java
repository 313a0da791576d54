package gofer.runtime;

import gofer.goroutine.Cancellation;
import gofer.goroutine.WaitReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The algorithm of a semaphore whose tokens are taken several at a time.
public final class WeightedCore extends ShortLock implements Waitable {

    /*
     * Who finds the tokens that it wants, and nobody waiting, takes them; else it waits in one queue. Whoever gives tokens back,
     * or leaves the queue, takes tokens for those at the front for whom there are enough now, claims and wakes them: so
     * nobody overtakes, and a large request is not starved by small ones. A request for more than there are would block
     * the queue for ever: it waits outside of it.
     *
     * Tokens have no owner: one goroutine may take them, and another give them back. Many semaphores are used so, and others
     * as locks are. To find deadlocks among the latter, `takers` says who has taken how many, and `givenBack` how often
     * tokens were given back by who had taken them. Once somebody else has given one back, nothing is noted any more; nor
     * if there is no memory to note it in: these notes are a help only, and tokens and wake-ups must not get lost.
     *
     * For the same reason those that are to be woken are a chain, not a list: each waiter is used for one wait, so that
     * after the claim nobody else touches its links.
     */

    /// A semaphore that has been used as a lock so often, and never otherwise, is one.
    private static final int AS_A_LOCK = 10;

    private final long size;
    private final @Nullable StackTraceElement site = Sites.ofNew();
    private final WaitQueue queue = new WaitQueue(); // guarded by the short lock, as the next three
    private long taken; // read without the lock by dumps
    @Nullable Map<Long, Long> takers = new HashMap<>(); // tokens by holder's id; null: not known any more
    private int givenBack; // up to AS_A_LOCK

    /// A semaphore with `size` tokens.
    public WeightedCore(long size) {
        this.size = size;
    }

    /// Takes `n` tokens, waiting until they are free.
    public void take(long n, @Nullable Cancellation cancellation) {
        World.before(Operation.TAKE, this);
        Sleeper.check(cancellation);
        if (n > size) {
            throw Sleeper.sleepForEver(WaitReason.SEMAPHORE_ACQUIRE, this, cancellation);
        }
        Waiter waiter;
        acquire();
        try {
            if (queue.isEmpty() && n <= size - taken) {
                grant(n, Thread.currentThread());
                return;
            }
            waiter = new Waiter(new Sleeper(WaitReason.SEMAPHORE_ACQUIRE, this));
            waiter.value = n;
            queue.addLast(waiter);
        } finally {
            release();
        }
        if (!waiter.sleeper.sleep(waiter, cancellation)) {
            leave(waiter);
            throw waiter.sleeper.calledOff();
        }
        try {
            Sleeper.check(cancellation); // it may have come first, and only the news of it second
        } catch (RuntimeException cause) {
            putBack(n);
            throw cause;
        }
    }

    /// Takes `n` tokens if they are free and nobody waits, and tells whether it did.
    public boolean tryTake(long n) {
        World.before(Operation.TRY_TAKE, this);
        acquire();
        try {
            boolean free = queue.isEmpty() && n <= size - taken;
            if (free) {
                grant(n, Thread.currentThread());
            }
            return free;
        } finally {
            release();
        }
    }

    /// Gives `n` tokens back, whoever took them; false if fewer are taken.
    public boolean give(long n) {
        World.before(Operation.GIVE, this);
        return putBack(n);
    }

    private boolean putBack(long n) {
        Waiter served;
        acquire();
        try {
            if (n > taken) {
                return false;
            }
            taken -= n;
            note(-n, Thread.currentThread());
            givenBack = Math.min(AS_A_LOCK, givenBack + (n > 0 ? 1 : 0));
            served = serve();
        } finally {
            release();
        }
        wakeAll(served);
        return true;
    }

    /// The wait of `waiter` was called off: those behind it may go on.
    private void leave(Waiter waiter) {
        Waiter served;
        acquire();
        try {
            queue.remove(waiter);
            served = serve();
        } finally {
            release();
        }
        wakeAll(served);
    }

    /// Takes tokens for those who can have them now, and claims them. Returns the first, linked to the others.
    private @Nullable Waiter serve() {
        Waiter served = null;
        Waiter last = null;
        for (Waiter first = queue.first(); first != null && wanted(first) <= size - taken; first = queue.first()) {
            queue.remove(first);
            long n = wanted(first);
            if (first.sleeper.claim(first)) {
                grant(n, first.sleeper.thread());
                if (last == null) {
                    served = first;
                } else {
                    last.next = first;
                }
                last = first;
            }
        }
        return served;
    }

    private static void wakeAll(@Nullable Waiter served) {
        for (Waiter waiter = served; waiter != null; waiter = waiter.next) {
            waiter.sleeper.wake();
        }
    }

    private static long wanted(Waiter waiter) {
        return (Long) Objects.requireNonNull(waiter.value);
    }

    private void grant(long n, Thread taker) {
        taken += n;
        note(n, taker);
    }

    /// Notes that `holder` has `change` tokens more, or less.
    private void note(long change, Thread holder) {
        if (takers == null || change == 0) {
            return;
        }
        try {
            Long id = MutexCore.holderId(holder);
            long left = takers.getOrDefault(id, 0L) + change;
            if (left < 0) {
                takers = null;
            } else if (left == 0) {
                takers.remove(id);
            } else {
                takers.put(id, left);
            }
        } catch (OutOfMemoryError full) {
            takers = null;
        }
    }

    /// The ids of those who hold its tokens, in order, as long as it is used as a lock; empty if that is not known.
    private List<Long> holders() {
        List<Long> ids;
        acquire();
        try {
            ids = takers == null || givenBack < AS_A_LOCK ? List.of() : new ArrayList<>(takers.keySet());
        } finally {
            release();
        }
        return ids.stream().sorted().toList();
    }

    /// The ids of those who wait in its queue, in order.
    List<Long> queued() {
        List<Long> ids = new ArrayList<>();
        acquire();
        try {
            for (Waiter waiter = queue.first(); waiter != null; waiter = waiter.next) {
                ids.add(MutexCore.holderId(waiter.sleeper.thread()));
            }
        } finally {
            release();
        }
        return ids;
    }

    @Override
    public String kind() {
        return "semaphore";
    }

    @Override
    public @Nullable StackTraceElement site() {
        return site;
    }

    @Override
    public Map<String, Object> facts() {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("size", size);
        facts.put("taken", taken);
        facts.put("waiting", queue.size());
        return facts;
    }

    @Override
    public List<Long> blockers(WaitReason reason) {
        return holders();
    }

    @Override
    public String toString() {
        return "semaphore (" + taken + " of " + size + " taken)";
    }
}
