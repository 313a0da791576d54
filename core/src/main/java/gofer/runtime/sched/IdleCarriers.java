package gofer.runtime.sched;

import gofer.runtime.base.ShortLock;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The carriers that have nothing to run. At most one of them searches; the others are parked.
final class IdleCarriers extends ShortLock {

    /*
     * Waking a thread costs the waker some microseconds, so no carrier is woken while another searches. Moving a
     * goroutine to another core, away from those that it communicates with, costs more: each hand-over between two
     * cores takes several times as long as on one core. So a search takes only goroutines that have been waiting for
     * MIN_WAIT, or that were made ready by one that has been running for that long. Goroutines that communicate with
     * each other rarely wait that long, and if they do, the cost occurs only once in that time. Goroutines that compute
     * wait for each other longer.
     *
     * No wakeup is lost. Tasks in a processor's own queue are run by its owner, which is not idle. A task in the shared
     * queue was put there before the call of `wake`, which finds one of these situations:
     *   - No carrier is parked. Then each carrier either runs and will check the queue, or is about to park: it first
     *     increments `parked` and then checks the queue again.
     *   - A carrier is searching. It checks the queue again after it has given up the search.
     * Both sides use volatile variables, which all threads see in the same order.
     *
     * The monitor makes idle carriers help busy ones within a millisecond; `help` only does so earlier. An unsuccessful
     * search shows that the work is too fine-grained to be shared. Then `help` does nothing until the next check of the
     * monitor.
     */

    /// How long a goroutine must have been waiting before it moves to another core, in nanoseconds.
    private static final long MIN_WAIT = 50_000;

    /// The length of a search while no goroutine waits elsewhere.
    private static final long SHORT_SEARCH = 10_000;

    /// The length of a search while a goroutine waits elsewhere: long enough that it may be moved at the end.
    private static final long LONG_SEARCH = MIN_WAIT + SHORT_SEARCH;

    /// The pause between two checks, about a microsecond.
    private static final int PAUSE_SPINS = 60;

    private static final VarHandle SEARCHING =
            ConstantBootstraps.fieldVarHandle(
                    MethodHandles.lookup(), "searching", VarHandle.class, IdleCarriers.class, boolean.class);

    private final GoScheduler scheduler;
    private final ArrayDeque<Carrier> stack = new ArrayDeque<>(); // guarded by the lock
    private volatile int parked; // size of the stack, written under the lock
    private volatile boolean searching; // CASed
    private volatile long steals; // written by the searching carrier
    private volatile boolean searchFailed; // the last search was unsuccessful

    IdleCarriers(GoScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /// Returns how many carriers are parked or about to park.
    int parked() {
        return parked;
    }

    /// Ensures that a task that was just put into the shared queue runs soon.
    void wake() {
        while (parked > 0 && !searching && SEARCHING.compareAndSet(this, false, true)) {
            Carrier carrier = popForSearch();
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

    /// Wakes a carrier to help a processor with a queue, if it is likely to find something.
    void help() {
        if (parked > 0 && !searchFailed) {
            wake();
        }
    }

    /// Lets [#help] wake carriers again.
    void allowHelp() {
        searchFailed = false;
    }

    /// Waits until there is something to run for `carrier`, which holds `p`. Can return null; then the caller checks
    /// again.
    @Nullable Runnable await(Carrier carrier, Processor p) {
        boolean searcher = SEARCHING.compareAndSet(this, false, true);
        for (; ; ) {
            if (searcher) {
                Runnable found = search(carrier, p);
                searchFailed = found == null;
                searching = false;
                if (found != null) {
                    if (!scheduler.shared.isEmpty() || p.waiting() > 0) {
                        wake();
                    }
                    return found;
                }
            }
            push(carrier);
            while (scheduler.shared.isEmpty() && carrier.processor == p && !carrier.mustSearch) {
                LockSupport.park(this);
            }
            searcher = !remove(carrier);
            if (!searcher) {
                return null;
            }
            carrier.mustSearch = false;
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
            boolean anyWaiting = false;
            for (Processor victim : processors) {
                if (victim != own && victim.waiting() > 0) {
                    anyWaiting = true;
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
            if (now - start > (anyWaiting ? LONG_SEARCH : SHORT_SEARCH)) {
                return null;
            }
            for (int i = 0; i < PAUSE_SPINS; i++) {
                Thread.onSpinWait();
            }
        }
    }

    /// Returns how many times a carrier has taken tasks from the queue of another.
    long steals() {
        return steals;
    }

    /// Returns the first of `batch`, to be run next, and queues the others.
    private Runnable keep(List<Runnable> batch, Carrier carrier, Processor own) {
        steals = steals + 1;
        Runnable first = batch.removeFirst();
        if (!own.runLast(carrier, batch)) {
            for (int i = 0; i < batch.size(); i++) {
                scheduler.resume(batch.get(i)); // into the shared queue, which a carrier checks after a search
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

    /// Removes a carrier and marks it as the one that searches. Returns null if none is parked.
    private @Nullable Carrier popForSearch() {
        acquire();
        try {
            Carrier carrier = stack.poll();
            if (carrier != null) {
                carrier.mustSearch = true;
            }
            parked = stack.size();
            return carrier;
        } finally {
            release();
        }
    }

    /// Removes `carrier`. Returns false if it was already removed to search.
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
