package gofer.runtime.sched;

import gofer.runtime.base.ShortLock;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Carriers that have nothing to run: at most one of them searches, the others are parked.
final class IdleCarriers extends ShortLock {

    /*
     * To wake a thread costs its waker some microseconds, so nobody is woken while somebody searches. A goroutine that changes
     * cores, away from those it talks to, costs some more: each hand-over between two cores takes several times what it
     * takes on one. So a search takes only goroutines that have been waiting for MIN_WAIT, or were made ready by one that has
     * been running for that long. Among those that talk to each other few ever do, and then the cost comes once in that
     * time; those that compute wait for each other longer.
     *
     * No wake-up is lost. What is in a processor's own queue is run by its owner, who is not idle. What is in the
     * shared queue was put there before the call of `wake`, which finds
     *   - nobody parked: then all run, and will look there; or somebody is on the way to park: he first enters `parked`,
     *     then looks there once more;
     *   - somebody searching: he looks there again after he has given up the search.
     * Both ends of that use volatile variables, of which all threads see one order.
     *
     * That idle carriers come to the help of busy ones is the business of the monitor, within a millisecond; `help` only
     * makes it faster. A search in vain shows that the work is too fine to be shared: then `help` does nothing until
     * the monitor has looked.
     */

    /// How long a goroutine has to have been waiting before it changes cores, in nanoseconds.
    private static final long MIN_WAIT = 50_000;

    /// How long a search lasts while nobody waits elsewhere, and while somebody does, who may have by its end.
    private static final long SHORT_SEARCH = 10_000;

    private static final long LONG_SEARCH = MIN_WAIT + SHORT_SEARCH;

    /// The pause between two looks, about a microsecond.
    private static final int LOOK_SPINS = 60;

    private static final VarHandle SEARCHING =
            ConstantBootstraps.fieldVarHandle(
                    MethodHandles.lookup(), "searching", VarHandle.class, IdleCarriers.class, boolean.class);

    private final GoScheduler scheduler;
    private final ArrayDeque<Carrier> stack = new ArrayDeque<>(); // guarded by the lock
    private volatile int parked; // its size, written under the lock
    private volatile boolean searching; // CASed
    private volatile long steals; // written by who searches
    private volatile boolean inVain; // the last search was

    IdleCarriers(GoScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /// How many carriers are parked, or about to.
    int parked() {
        return parked;
    }

    /// Sees to it that what was just put into the shared queue is run soon.
    void wake() {
        while (parked > 0 && !searching && SEARCHING.compareAndSet(this, false, true)) {
            Carrier carrier = call();
            if (carrier != null) {
                LockSupport.unpark(carrier);
                scheduler.monitor.notice();
                return;
            }
            searching = false;
            if (scheduler.shared.isEmpty()) {
                return;
            }
        }
    }

    /// Perhaps gets help for a processor with a queue.
    void help() {
        if (parked > 0 && !inVain) {
            wake();
        }
    }

    /// Lets [#help] try again.
    void encourage() {
        inVain = false;
    }

    /// Waits until there is something to run for `carrier`, which holds `p`. May return null: then it is to look again.
    @Nullable Runnable await(Carrier carrier, Processor p) {
        boolean searcher = SEARCHING.compareAndSet(this, false, true);
        for (; ; ) {
            if (searcher) {
                Runnable found = search(carrier, p);
                inVain = found == null;
                searching = false;
                if (found != null) {
                    if (!scheduler.shared.isEmpty() || p.waiting() > 0) {
                        wake();
                    }
                    return found;
                }
            }
            push(carrier);
            while (scheduler.shared.isEmpty() && carrier.processor == p && !carrier.called) {
                LockSupport.park(this);
            }
            searcher = !remove(carrier);
            if (!searcher) {
                return null;
            }
            carrier.called = false;
        }
    }

    private @Nullable Runnable search(Carrier carrier, Processor own) {
        try {
            return searchAll(carrier, own);
        } catch (OutOfMemoryError full) { // nothing has been taken
            return scheduler.shared.poll();
        }
    }

    private @Nullable Runnable searchAll(Carrier carrier, Processor own) {
        Processor[] processors = scheduler.processors;
        long start = System.nanoTime();
        for (; ; ) {
            long now = System.nanoTime();
            boolean somebodyWaits = false;
            for (Processor victim : processors) {
                if (victim != own && victim.waiting() > 0) {
                    somebodyWaits = true;
                    List<Runnable> batch = victim.stealOlder(MIN_WAIT, now);
                    if (!batch.isEmpty()) {
                        return keep(batch, carrier, own);
                    }
                }
            }
            Runnable task = scheduler.shared.poll();
            if (task != null) {
                return task;
            }
            if (now - start > (somebodyWaits ? LONG_SEARCH : SHORT_SEARCH)) {
                return null;
            }
            for (int i = 0; i < LOOK_SPINS; i++) {
                Thread.onSpinWait();
            }
        }
    }

    /// How often a carrier has found something in the queue of another.
    long steals() {
        return steals;
    }

    /// Runs the first itself; the others queue.
    private Runnable keep(List<Runnable> batch, Carrier carrier, Processor own) {
        steals = steals + 1;
        Runnable first = batch.removeFirst();
        if (!own.runLast(carrier, batch)) {
            for (int i = 0; i < batch.size(); i++) {
                scheduler.resume(batch.get(i)); // into the shared queue, where who gives up the search looks
            }
        }
        return first;
    }

    private void push(Carrier carrier) {
        acquire();
        try {
            stack.push(carrier);
            parked = stack.size();
        } finally {
            release();
        }
        scheduler.monitor.notice();
    }

    /// Takes one out, and tells it to search.
    private @Nullable Carrier call() {
        acquire();
        try {
            Carrier carrier = stack.poll();
            if (carrier != null) {
                carrier.called = true;
            }
            parked = stack.size();
            return carrier;
        } finally {
            release();
        }
    }

    /// False if it has been called.
    private boolean remove(Carrier carrier) {
        acquire();
        try {
            boolean removed = stack.remove(carrier);
            parked = stack.size();
            return removed;
        } finally {
            release();
        }
    }
}
