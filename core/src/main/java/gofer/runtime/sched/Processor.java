package gofer.runtime.sched;

import gofer.runtime.base.ShortLock;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The right to run goroutines, one at a time, and the queue of those that are to run next. Go's P.
///
/// A carrier holds it while it runs them; if a goroutine does not come back, another carrier takes it over.
final class Processor extends ShortLock {

    /*
     * A goroutine that was just made ready goes into the slot `next` and runs as soon as the current one waits: two that
     * talk to each other do so on one core, with warm caches and without anybody being woken. Who was in the slot goes to
     * the tail of the queue. Two that hand over to each other without end would starve the queue: they share one slice
     * of time, which began when the first of them came out of the queue. The monitor says when it is over; then the slot
     * has to queue as well. Slices are of time and not of so many turns, so that pairs with much work do not get more.
     *
     * Only what runs on the owner's thread adds to the queue; others may take from it.
     */

    /// So many goroutines at most change processors at a time.
    private static final int MAX_BATCH = 128;

    private static final VarHandle WAITING =
            ConstantBootstraps.fieldVarHandle(
                    MethodHandles.lookup(), "waiting", VarHandle.class, Processor.class, int.class);

    /// With room for the batch: who has stolen it cannot wait for memory.
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>(MAX_BATCH); // guarded by the lock, as the next five

    private @Nullable Runnable next;
    private long queued; // how many have ever been put into the queue
    private long slices; // how many have ever been taken out of it to run here
    private boolean sliceOver;
    private @Nullable Carrier owner;
    private @Nullable Snapshot seen; // see stealOlder; used by who searches, as the next
    private long seenAt;

    @SuppressWarnings("UnusedVariable") // by its handle
    private int waiting; // in the queue and in the slot; written under the lock, read without

    /// What a look at a processor found: to tell later what has moved since.
    record Snapshot(long queued, long slices, @Nullable Carrier owner, long turns) {

        /// Whether the owner is still busy with the same goroutine, or still idle.
        boolean isStill(@Nullable Carrier owner) {
            return this.owner == owner && (owner == null || owner.turns() == turns);
        }

        /// Whether the owner was busy with the same goroutine, or idle since.
        boolean isSameTurn(Snapshot later) {
            return owner == later.owner && turns == later.turns;
        }

        /// Whether the owner was busy with a goroutine.
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

    /// How many goroutines wait to be run here.
    int waiting() {
        return (int) WAITING.getOpaque(this);
    }

    /// Lets `task` run next; false if `carrier` does not hold this processor any more.
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
            count();
            return true;
        } finally {
            release();
        }
    }

    /// Lets `tasks` run after all that wait already; false if `carrier` does not hold this processor any more.
    boolean runLast(Carrier carrier, List<Runnable> tasks) {
        acquire();
        try {
            if (owner != carrier) {
                return false;
            }
            for (int i = 0; i < tasks.size(); i++) { // without an iterator: see `queue`
                enqueue(tasks.get(i));
            }
            count();
            return true;
        } finally {
            release();
        }
    }

    private void enqueue(Runnable task) {
        SharedQueue.append(queue, task);
        queued++;
    }

    private void count() {
        WAITING.setOpaque(this, queue.size() + (next == null ? 0 : 1));
    }

    /// What `carrier` is to run now; null if nothing waits, or if it does not hold this processor any more.
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
            count();
            return task;
        } finally {
            release();
        }
    }

    /// As [#stealSince] the last call that found nothing, if that was `nanos` ago or more; `now` is the time. For one thread at
    /// a time.
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

    /// Takes half of those that have been waiting in the queue since `then`, else the one in the slot if since `then`
    /// nothing has moved here.
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
            count();
            return batch;
        } finally {
            release();
        }
    }

    /// Lets the queue have its turn, if it has had none since `then`.
    void endSlice(Snapshot then) {
        acquire();
        try {
            sliceOver = slices == then.slices;
        } finally {
            release();
        }
    }

    /// Whether some goroutine has been waiting since `then`.
    boolean hasWaitedSince(Snapshot then) {
        acquire();
        try {
            return queue.size() > queued - then.queued || next != null && then.isStill(owner);
        } finally {
            release();
        }
    }

    /// Gives the processor to `successor` if since `then` its owner has not come back from a goroutine.
    boolean takeOver(Snapshot then, Carrier successor) {
        acquire();
        try {
            if (owner == null || !then.isStill(owner)) {
                return false;
            }
            pass(successor);
            return true;
        } finally {
            release();
        }
    }

    /// Gives the processor to its first owner, or to none: then it is out of service. Returns the owner so far.
    @Nullable Carrier assign(@Nullable Carrier carrier) {
        acquire();
        try {
            Carrier before = owner;
            pass(carrier);
            return before;
        } finally {
            release();
        }
    }

    private void pass(@Nullable Carrier successor) {
        if (owner != null) {
            owner.processor = null;
        }
        owner = successor;
        if (successor != null) {
            successor.processor = this;
        }
    }

    /// All that wait, from a processor that is out of service.
    List<Runnable> drain() {
        acquire();
        try {
            if (next != null) {
                queue.addFirst(next);
                next = null;
            }
            List<Runnable> all = new ArrayList<>(queue);
            queue.clear();
            count();
            return all;
        } finally {
            release();
        }
    }
}
