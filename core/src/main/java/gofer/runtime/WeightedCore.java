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
     * tokens were given back by who had taken them. Once somebody else has given one back, nothing is noted any more.
     */

    /// A semaphore that has been used as a lock so often, and never otherwise, is one.
    private static final int AS_A_LOCK = 10;

    private final long size;
    private final @Nullable StackTraceElement site = Sites.ofNew();
    private final WaitQueue queue = new WaitQueue(); // guarded by the short lock, as the next three
    private long taken; // read without the lock by dumps
    private @Nullable Map<Long, Long> takers = new HashMap<>(); // tokens by holder's id; null: they are passed on
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
        List<Waiter> served;
        acquire();
        try {
            if (n > taken) {
                return false;
            }
            taken -= n;
            noteGiven(n, Thread.currentThread());
            served = serve();
        } finally {
            release();
        }
        WaitQueue.wakeAll(served);
        return true;
    }

    /// The wait of `waiter` was called off: those behind it may go on.
    private void leave(Waiter waiter) {
        List<Waiter> served;
        acquire();
        try {
            queue.remove(waiter);
            served = serve();
        } finally {
            release();
        }
        WaitQueue.wakeAll(served);
    }

    /// Takes tokens for those who can have them now, and claims them.
    private List<Waiter> serve() {
        List<Waiter> served = List.of();
        for (Waiter first = queue.first(); first != null && wanted(first) <= size - taken; first = queue.first()) {
            queue.remove(first);
            long n = wanted(first);
            if (first.sleeper.claim(first)) {
                grant(n, first.sleeper.thread());
                served = served.isEmpty() ? new ArrayList<>() : served;
                served.add(first);
            }
        }
        return served;
    }

    private static long wanted(Waiter waiter) {
        return (Long) Objects.requireNonNull(waiter.value);
    }

    private void grant(long n, Thread taker) {
        taken += n;
        if (takers != null && n > 0) {
            takers.merge(MutexCore.holderId(taker), n, Long::sum);
        }
    }

    private void noteGiven(long n, Thread giver) {
        if (takers == null || n == 0) {
            return;
        }
        Long id = MutexCore.holderId(giver);
        long left = takers.getOrDefault(id, 0L) - n;
        if (left < 0) {
            takers = null;
        } else if (left == 0) {
            takers.remove(id);
        } else {
            takers.put(id, left);
        }
        givenBack = Math.min(AS_A_LOCK, givenBack + 1);
    }

    /// The ids of those who hold its tokens, in order, as long as it is used as a lock; empty if that is not known.
    List<Long> holders() {
        acquire();
        try {
            return takers == null || givenBack < AS_A_LOCK ? List.of() : takers.keySet().stream().sorted().toList();
        } finally {
            release();
        }
    }

    /// The ids of those who wait in front of `sleeper`.
    List<Long> inFrontOf(Sleeper sleeper) {
        List<Long> inFront = new ArrayList<>();
        acquire();
        try {
            for (Waiter waiter = queue.first(); waiter != null && waiter.sleeper != sleeper; waiter = waiter.next) {
                inFront.add(MutexCore.holderId(waiter.sleeper.thread()));
            }
        } finally {
            release();
        }
        return inFront;
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
