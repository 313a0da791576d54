package gofer.runtime.sched;

import gofer.runtime.base.ShortLock;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The right to run goroutines, one at a time, with the queue of those that run next. Go's P.
///
/// A carrier holds a processor while it runs goroutines. If a goroutine does not return to the scheduler, another
/// carrier takes the processor over.
final class Processor extends ShortLock {

    /*
     * A goroutine that was just made ready goes into the slot `next` and runs as soon as the current one waits. So two
     * goroutines that communicate do so on one core, with warm caches and without waking a thread. A goroutine that was
     * in the slot goes to the tail of the queue. Two goroutines that hand over to each other without end would starve
     * the queue. So they share one time slice, which began when the first of them came out of the queue. The monitor
     * ends the slice; then the goroutine in the slot has to queue as well. A slice is an amount of time, not a number
     * of turns, so that pairs with long turns do not get more.
     *
     * Only code on the owner's thread adds to the queue. Other threads may take from it.
     */

    /// The maximum number of goroutines that move to another processor at a time.
    private static final int MAX_BATCH = 128;

    private static final VarHandle WAITING =
            ConstantBootstraps.fieldVarHandle(
                    MethodHandles.lookup(), "waiting", VarHandle.class, Processor.class, int.class);

    /// Has room for a batch, because a carrier that has stolen one cannot wait for memory.
    private final ArrayDeque<Runnable> queue =
            new ArrayDeque<>(MAX_BATCH); // guarded by the lock, like the next five fields

    /// Its place in [GoScheduler#processors].
    final int number;

    private @Nullable Runnable next;
    private long queued; // number of tasks ever put into the queue
    private long slices; // number of tasks ever taken out of it to run here
    private boolean sliceOver;
    private @Nullable Carrier owner;
    private @Nullable Snapshot seen; // see stealOlder; used by the searching carrier, like the next field
    private long seenAt;

    @SuppressWarnings("UnusedVariable") // used through the VarHandle
    private int waiting; // in the queue and in the slot; written under the lock, read without

    Processor(int number) {
        this.number = number;
    }

    /// The state of a processor at one instant, to be compared with a later state.
    record Snapshot(long queued, long slices, @Nullable Carrier owner, long turns) {

        /// Returns whether the owner is still busy with the same goroutine, or still idle.
        boolean isStill(@Nullable Carrier owner) {
            return this.owner == owner && (owner == null || owner.turns() == turns);
        }

        /// Returns whether the owner was busy with the same goroutine, or idle, until `later`.
        boolean isSameTurn(Snapshot later) {
            return owner == later.owner && turns == later.turns;
        }

        /// Returns whether the owner was busy with a goroutine.
        boolean isRunning() {
            return owner != null && Carrier.isRunning(turns);
        }
    }

    Snapshot snapshot() {
        acquire();
        try {
            return new Snapshot(queued, slices, owner, owner == null ? 0 : owner.turns());
        } finally {
            release();
        }
    }

    /// Returns the number of goroutines that wait to run here.
    int waiting() {
        return (int) WAITING.getOpaque(this);
    }

    /// Makes `task` run next. Returns false if `carrier` no longer holds this processor.
    boolean runNext(Carrier carrier, Runnable task) {
        acquire();
        try {
            if (owner != carrier) {
                return false;
            }
            if (next != null) {
                enqueue(next);
            }
            next = task;
            updateWaiting();
            return true;
        } finally {
            release();
        }
    }

    /// Makes `tasks` run after all that are waiting. Returns false if `carrier` no longer holds this processor.
    boolean runLast(Carrier carrier, List<Runnable> tasks) {
        acquire();
        try {
            if (owner != carrier) {
                return false;
            }
            for (int i = 0; i < tasks.size(); i++) { // an iterator would need memory; see `queue`
                enqueue(tasks.get(i));
            }
            updateWaiting();
            return true;
        } finally {
            release();
        }
    }

    private void enqueue(Runnable task) {
        SharedQueue.append(queue, task);
        queued++;
    }

    private void updateWaiting() {
        WAITING.setOpaque(this, queue.size() + (next == null ? 0 : 1));
    }

    /// Returns the task that `carrier` has to run now; null if nothing waits, or if it no longer holds this processor.
    @Nullable Runnable take(Carrier carrier) {
        acquire();
        try {
            if (owner != carrier) {
                return null;
            }
            Runnable task = next;
            if (task == null || sliceOver && !queue.isEmpty()) {
                Runnable first = queue.pollFirst();
                if (task != null) {
                    enqueue(task); // there is room now
                }
                task = first;
                slices++;
                sliceOver = false;
            }
            next = null;
            updateWaiting();
            return task;
        } finally {
            release();
        }
    }

    /// Steals as [#stealSince] does, relative to the last call that found nothing, if that was at least `nanos` before
    /// `now`. For one thread at a time.
    List<Runnable> stealOlder(long nanos, long now) {
        if (seen != null && now - seenAt < nanos) {
            return List.of();
        }
        List<Runnable> batch = seen == null ? List.of() : stealSince(seen);
        if (batch.isEmpty()) {
            seen = snapshot();
            seenAt = now;
        }
        return batch;
    }

    /// Takes half of the goroutines that have been waiting in the queue since `then`. If there are none, takes the one
    /// in the slot if nothing has moved here since `then`.
    List<Runnable> stealSince(Snapshot then) {
        acquire();
        try {
            long old = queue.size() - (queued - then.queued);
            int half = Math.clamp((old + 1) / 2, 0, MAX_BATCH);
            List<Runnable> batch = new ArrayList<>(half + 1); // if there is no memory, nothing has been taken
            for (int i = 0; i < half; i++) {
                batch.add(queue.removeFirst());
            }
            if (batch.isEmpty() && next != null && then.isStill(owner)) {
                batch.add(next);
                next = null;
            }
            updateWaiting();
            return batch;
        } finally {
            release();
        }
    }

    /// Ends the time slice, if it has lasted since `then`, so that the queue gets its turn.
    void endSlice(Snapshot then) {
        acquire();
        try {
            sliceOver = slices == then.slices;
        } finally {
            release();
        }
    }

    /// Returns whether a goroutine has been waiting since `then`.
    boolean hasWaitedSince(Snapshot then) {
        acquire();
        try {
            return queue.size() > queued - then.queued || next != null && then.isStill(owner);
        } finally {
            release();
        }
    }

    /// Gives the processor to `successor` if its owner has been running the same goroutine since `then`.
    boolean takeOver(Snapshot then, Carrier successor) {
        acquire();
        try {
            if (owner == null || !then.isStill(owner)) {
                return false;
            }
            transfer(successor);
            return true;
        } finally {
            release();
        }
    }

    /// Gives the processor to its first owner, or takes it out of service if `carrier` is null. Returns the previous
    /// owner.
    @Nullable Carrier assign(@Nullable Carrier carrier) {
        acquire();
        try {
            Carrier before = owner;
            transfer(carrier);
            return before;
        } finally {
            release();
        }
    }

    private void transfer(@Nullable Carrier successor) {
        if (owner != null) {
            owner.processor = null;
        }
        owner = successor;
        if (successor != null) {
            successor.processor = this;
        }
    }

    /// Removes and returns all waiting tasks of a processor that is out of service.
    List<Runnable> drain() {
        acquire();
        try {
            if (next != null) {
                queue.addFirst(next);
                next = null;
            }
            List<Runnable> all = new ArrayList<>(queue);
            queue.clear();
            updateWaiting();
            return all;
        } finally {
            release();
        }
    }
}
