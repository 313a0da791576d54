package gofer.runtime.chan;

import gofer.goroutine.Cancellation;
import gofer.goroutine.WaitReason;
import gofer.runtime.park.Awaited;
import gofer.runtime.park.HappensBefore;
import gofer.runtime.park.QueuedSynchronizer;
import gofer.runtime.park.Sleeper;
import gofer.runtime.park.Timers;
import gofer.runtime.park.WaitEdge;
import gofer.runtime.park.Waiter;
import gofer.runtime.park.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The algorithm of select: performs exactly one of several operations.
///
/// An instance can be used repeatedly, by one goroutine at a time. Then it allocates nothing.
public final class SelectCore implements Awaited, Sleeper.Deadline {

    /*
     * pass 0  without locks: try one of the operations that look ready. Most selects end here.
     * pass 1  lock all targets, which are channels and semaphores, in one order, so that no two selects wait for each other.
     *         Now readiness is judged at one instant. Choose one of the ready operations uniformly, perform it, unlock,
     *         done. If none is ready, a poll ends here, too.
     * pass 2  still locked: queue one waiter on each target. Of several arms for the same operation, choose one. Unlock all.
     * pass 3  sleep. A thread that serves one of the waiters claims the sleeper. Only one claim succeeds.
     * pass 4  take the other waiters out of their queues. If a timer's channel ended the sleep, start again.
     *
     * The uniform choice needs no permutation: the k-th ready operation found replaces the one chosen before it with
     * probability 1/k. The wait of a waiter found in pass 1 may have been called off. Then the operation only removes it,
     * and the choice is made again.
     *
     * A biased select chooses the first ready operation. Without the locks, an earlier one may become ready after the look at
     * it. So pass 0 tries only the first operation.
     *
     * The same channel may appear in several arms, in both directions. All are queued while the locks are held, so
     * they never serve each other. Afterwards, another thread serves one, and the others are removed.
     *
     * Differs from Go's select.go: pass 0; the choice by sampling instead of a shuffled poll order.
     */

    /// The index that means that no operation was performed.
    public static final int NONE = -1;

    private final Sleeper sleeper = new Sleeper(WaitReason.SELECT, this);
    private final boolean biased;
    private @Nullable Op[] ops; // null: disabled
    private Waiter[] waiters; // one for each op
    private QueuedSynchronizer[] targets; // of all ops, each once, sorted by `orders`
    private long[] orders; // of targets
    private int size; // of ops
    private int locks; // of targets
    private boolean counted; // one of the targets is counted
    private boolean repeated; // one of the targets is in several operations
    private Object result = ChanResult.NOT_READY; // the result of the last operation

    /// Creates a select over `ops`.
    ///
    /// @param biased whether the first of several ready operations is performed, instead of one that is chosen uniformly
    public SelectCore(boolean biased, Op... ops) {
        this.biased = biased;
        this.ops = new Op[ops.length];
        this.waiters = new Waiter[ops.length];
        this.targets = new QueuedSynchronizer[ops.length];
        this.orders = new long[ops.length];
        for (Op op : ops) {
            set(add(op), op);
        }
    }

    /// Adds an arm for an operation on the target of `op`, and returns its index. The arm is disabled until [#set] sets its
    /// operation.
    public int add(Op op) {
        if (size == ops.length) {
            int room = Math.max(4, size * 2);
            ops = Arrays.copyOf(ops, room);
            waiters = Arrays.copyOf(waiters, room);
            targets = Arrays.copyOf(targets, room);
            orders = Arrays.copyOf(orders, room);
        }
        waiters[size] = new Waiter(sleeper);
        counted |= op.isCounted();
        int at = locks;
        while (at > 0 && orders[at - 1] >= op.order()) {
            at--;
        }
        if (at < locks && targets[at] == op.target()) {
            repeated = true;
        } else if (!op.isNever()) {
            System.arraycopy(targets, at, targets, at + 1, locks - at);
            System.arraycopy(orders, at, orders, at + 1, locks - at);
            targets[at] = op.target();
            orders[at] = op.order();
            locks++;
        }
        return size++;
    }

    /// Sets the operation of the arm at `index`, on the target of the operation that was passed to [#add]. Null
    /// disables the arm.
    public void set(int index, @Nullable Op op) {
        ops[index] = op == null || op.isNever() ? null : op;
    }

    /// Returns the result of the operation performed last.
    public Object result() {
        return result;
    }

    /// Returns the index of one of `ops` that looks ready, or [#NONE]. For a caller that tries [Op#attempt] before it
    /// creates a SelectCore with the same arguments.
    public static int glance(boolean biased, Op... ops) {
        return glance(biased, ops, ops.length);
    }

    private static int glance(boolean biased, @Nullable Op[] ops, int size) {
        return biased ? glanceAtFirst(ops, size) : choose(ops, size, false);
    }

    private static int glanceAtFirst(@Nullable Op[] ops, int size) {
        for (int i = 0; i < size; i++) {
            Op op = ops[i];
            if (op != null) {
                return op.looksReady() ? i : NONE;
            }
        }
        return NONE;
    }

    /// Performs one ready operation, and returns its index. Returns [#NONE] if none was ready at one instant.
    public int poll() {
        int glanced = glance();
        return glanced != NONE ? glanced : pollSlow();
    }

    /// Like [#poll()], for a caller that has just called [#glance(boolean, Op...)].
    public int pollSlow() {
        lockAll();
        int chosen;
        Waiter partner;
        try {
            chosen = performOne();
            partner = partnerOf(chosen);
        } finally {
            unlockAll();
        }
        wake(partner);
        return chosen;
    }

    /// Performs one operation, and returns its index. Waits until one is ready.
    public int await(@Nullable Cancellation cancellation) {
        Sleeper.check(cancellation);
        int glanced = glance();
        return glanced != NONE ? glanced : awaitSlow(cancellation);
    }

    /// Like [#await(Cancellation)], for a caller that has just called [#glance(boolean, Op...)].
    public int awaitSlow(@Nullable Cancellation cancellation) {
        for (; ; ) {
            int chosen;
            Waiter partner;
            boolean queued;
            lockAll();
            try {
                chosen = performOne();
                partner = partnerOf(chosen);
                queued = chosen == NONE && joinAll();
            } finally {
                unlockAll();
            }
            if (chosen != NONE) {
                wake(partner);
                return chosen;
            }
            if (!queued) {
                throw Sleeper.sleepForever(WaitReason.SELECT_NO_CASES, this, cancellation);
            }
            long start = counted ? Timers.now() : 0;
            Waiter winner = sleeper.sleep(this, cancellation);
            int index = leaveAll(winner);
            if (winner != null) {
                if (counted) {
                    enabled(index).waited(start);
                }
                return index;
            }
            if (!sleeper.timedOut()) {
                throw sleeper.calledOff();
            }
        }
    }

    /// Returns the earliest due time of the timers among the channels.
    @Override
    public long deadline() {
        long earliest = Sleeper.NEVER;
        for (int i = 0; i < size; i++) {
            Op op = ops[i];
            if (op != null) {
                earliest = Math.min(earliest, op.deadline());
            }
        }
        return earliest;
    }

    @Override
    public long realDeadline() {
        long earliest = Sleeper.NEVER;
        for (int i = 0; i < size; i++) {
            Op op = ops[i];
            if (op != null) {
                earliest = Math.min(earliest, op.realDeadline());
            }
        }
        return earliest;
    }

    private int glance() {
        int index = glance(biased, ops, size);
        if (index == NONE) {
            return NONE;
        }
        result = enabled(index).attempt();
        return result == ChanResult.NOT_READY ? NONE : index;
    }

    private int performOne() {
        for (; ; ) {
            int index = biased ? firstReady() : choose(ops, size, true);
            if (index == NONE) {
                return NONE;
            }
            result = enabled(index).perform();
            if (result != ChanResult.NOT_READY) {
                return index;
            }
        }
    }

    private int firstReady() {
        for (int i = 0; i < size; i++) {
            Op op = ops[i];
            if (op != null && op.isReady()) {
                return i;
            }
        }
        return NONE;
    }

    /// Chooses uniformly among the operations that are ready or, without the locks, look ready.
    private static int choose(@Nullable Op[] ops, int size, boolean locked) {
        if (World.current() instanceof World world) {
            return choose(world, ops, size, locked);
        }
        int chosen = NONE;
        int ready = 0;
        for (int i = 0; i < size; i++) {
            Op op = ops[i];
            if (op != null && (locked ? op.isReady() : op.looksReady())) {
                ready++;
                if (ready == 1 || ThreadLocalRandom.current().nextInt(ready) == 0) {
                    chosen = i;
                }
            }
        }
        return chosen;
    }

    private static int choose(World world, @Nullable Op[] ops, int size, boolean locked) {
        int[] ready = new int[size];
        int count = 0;
        for (int i = 0; i < size; i++) {
            Op op = ops[i];
            if (op != null && (locked ? op.isReady() : op.looksReady())) {
                ready[count++] = i;
            }
        }
        return count == 0 ? NONE : ready[count == 1 ? 0 : world.choose(count)];
    }

    /// Returns the operations of the enabled arms.
    public Op[] ops() {
        return Arrays.stream(ops, 0, size).filter(Objects::nonNull).toArray(Op[]::new);
    }

    private @Nullable Waiter partnerOf(int chosen) {
        return chosen == NONE ? null : enabled(chosen).removePartner();
    }

    private static void wake(@Nullable Waiter partner) {
        if (partner != null) {
            partner.sleeper.wake();
        }
    }

    private boolean joinAll() {
        sleeper.rearm();
        boolean any = false;
        for (int i = 0; i < size; i++) {
            Op op = ops[i];
            if (op == null) {
                continue;
            }
            any = true;
            if (!repeated) {
                join(op, waiters[i]);
            } else if (isFirstOfKind(i)) {
                int drawn = biased ? i : chooseSameKind(i);
                join(enabled(drawn), waiters[drawn]);
            }
        }
        return any;
    }

    private static void join(Op op, Waiter waiter) {
        waiter.passed = false;
        HappensBefore.release(waiter);
        op.join(waiter);
    }

    private boolean isFirstOfKind(int index) {
        for (int i = 0; i < index; i++) {
            if (isSameKind(i, index)) {
                return false;
            }
        }
        return true;
    }

    /// Returns the index of one of the operations of the same kind as the one at `index`, which is the first of them.
    /// Each has the same probability. Needs no memory: other waiters are in their queues already.
    private int chooseSameKind(int index) {
        int count = 0;
        for (int i = index; i < size; i++) {
            count += isSameKind(i, index) ? 1 : 0;
        }
        int left = count == 1 ? 0 : draw(count);
        int chosen = index;
        while (left > 0) {
            chosen++;
            left -= isSameKind(chosen, index) ? 1 : 0;
        }
        return chosen;
    }

    private static int draw(int options) {
        return World.current() instanceof World world
                ? world.choose(options)
                : ThreadLocalRandom.current().nextInt(options);
    }

    /// Returns whether both operations are enabled and of the same kind.
    private boolean isSameKind(int a, int b) {
        Op one = ops[a];
        Op other = ops[b];
        return one != null && other != null && (a == b || one.isSameKind(other));
    }

    /// Takes all waiters except the winner out of their queues. Records the answer of the winner and returns its index.
    private int leaveAll(@Nullable Waiter winner) {
        int index = NONE;
        for (int i = 0; i < size; i++) {
            Op op = ops[i];
            Waiter waiter = waiters[i];
            if (op == null) {
                continue;
            }
            if (waiter == winner) {
                index = i;
                result = op.completed(waiter);
            } else {
                op.target().withdraw(waiter);
            }
            waiter.value = null;
        }
        return index;
    }

    /// Locks all targets. If the next lock is not free soon, releases all before it waits for that lock.
    private void lockAll() {
        int locked = 0;
        while (locked < locks) {
            if (locked == 0) {
                targets[0].acquire();
                locked = 1;
            } else if (targets[locked].acquireSpinning()) {
                locked++;
            } else {
                QueuedSynchronizer busy = targets[locked];
                unlock(locked);
                locked = 0;
                busy.acquire();
                busy.release();
            }
        }
    }

    private void unlockAll() {
        unlock(locks);
    }

    private void unlock(int locked) {
        for (int i = locked - 1; i >= 0; i--) {
            targets[i].release();
        }
    }

    private Op enabled(int index) {
        return Objects.requireNonNull(ops[index]);
    }

    /// Returns what each enabled arm waits for: a snapshot.
    @Override
    public List<WaitEdge> waits(WaitReason reason) {
        @Nullable Op[] all = ops;
        List<WaitEdge> waits = new ArrayList<>();
        for (int i = 0; i < Math.min(size, all.length); i++) {
            Op op = all[i];
            if (op != null) {
                waits.add(op.edge());
            }
        }
        return waits;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("select");
        String separator = " ";
        for (int i = 0; i < size; i++) {
            Op op = ops[i];
            if (op != null) {
                WaitEdge edge = op.edge();
                text.append(separator)
                        .append(edge.purpose().replaceFirst("^to ", ""))
                        .append(' ')
                        .append(edge.target());
                separator = ", ";
            }
        }
        return text.toString();
    }
}
