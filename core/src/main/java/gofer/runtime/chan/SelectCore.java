package gofer.runtime.chan;

import gofer.goroutine.Cancellation;
import gofer.goroutine.WaitReason;
import gofer.runtime.park.Awaited;
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

/// The algorithm of select: of several operations on channels, carries out exactly one.
///
/// An instance can be used again and again, by one goroutine at a time; then it allocates nothing.
public final class SelectCore implements Awaited, Sleeper.Deadline {

    /*
     * pass 0  without locks: among the operations that look ready, try one. Most selects end here.
     * pass 1  lock all channels, in the order of their ids, so that no two selects wait for each other. Now readiness is
     *         judged at one instant. Among the ready operations choose one uniformly, carry it out, unlock, done. With
     *         nothing ready, a poll is done too.
     * pass 2  still locked: queue one waiter on each channel; of arms that do the same, one that is drawn. Unlock all.
     * pass 3  sleep. Whoever serves one of the waiters claims the sleeper; only one can.
     * pass 4  take the others out of their queues. If a timer's channel ended the sleep, start again.
     *
     * The uniform choice needs no permutation: the k-th ready operation found replaces the one chosen before it with
     * probability 1/k. A waiter found in pass 1 may have been called off; serving it then yields nothing but removes
     * it, and the choice is made again.
     *
     * The same channel may appear in several arms, in both directions. The arms are queued while the lock is held, so
     * they never serve each other; afterwards each is served by somebody else or removed.
     *
     * Differs from Go's select.go: pass 0; the choice by sampling instead of a shuffled poll order.
     */

    /// The index of no operation.
    public static final int NONE = -1;

    private final Sleeper sleeper = new Sleeper(WaitReason.SELECT, this);
    private @Nullable Op[] ops; // null: switched off
    private Waiter[] waiters; // one for each op
    private ChanCore[] order; // the channels of all ops, each once, by id
    private int size; // of ops
    private int channels; // of order
    private boolean counted; // one of them is
    private boolean repeated; // one of them is in several operations
    private Object answer = ChanResult.NOT_READY; // of the operation carried out last

    /// A select over `ops`.
    public SelectCore(Op... ops) {
        this.ops = new Op[ops.length];
        this.waiters = new Waiter[ops.length];
        this.order = new ChanCore[ops.length];
        for (Op op : ops) {
            set(add(op.core()), op);
        }
    }

    /// Makes room for an operation on `core`, and returns its index; [#set] says which, until then it is switched off.
    public int add(ChanCore core) {
        if (size == ops.length) {
            int room = Math.max(4, size * 2);
            ops = Arrays.copyOf(ops, room);
            waiters = Arrays.copyOf(waiters, room);
            order = Arrays.copyOf(order, room);
        }
        waiters[size] = new Waiter(sleeper);
        counted |= core.isCounted();
        int at = channels;
        while (at > 0 && order[at - 1].id >= core.id) {
            at--;
        }
        if (at < channels && order[at] == core) {
            repeated = true;
        } else if (core != ChanCore.NEVER) {
            System.arraycopy(order, at, order, at + 1, channels - at);
            order[at] = core;
            channels++;
        }
        return size++;
    }

    /// Puts `op`, on the channel that was given to [#add], at `index`; null switches the operation off.
    public void set(int index, @Nullable Op op) {
        ops[index] = op == null || op.core() == ChanCore.NEVER ? null : op;
    }

    /// What the operation that was carried out last yielded.
    public Object answer() {
        return answer;
    }

    /// One of `ops` that looks ready, or [#NONE]: for a caller that wants to [Op#attempt] it before it makes a SelectCore.
    public static int glance(Op... ops) {
        return choose(ops, ops.length, false);
    }

    /// Carries out one operation that is ready, and returns its index, or [#NONE] if at one instant none was.
    public int poll() {
        int glanced = glance();
        return glanced != NONE ? glanced : pollSlow();
    }

    /// Like [#poll()], for a caller that has just called [#glance(Op...)].
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

    /// Carries out one operation, waiting until one is ready, and returns its index.
    public int await(@Nullable Cancellation cancellation) {
        Sleeper.check(cancellation);
        int glanced = glance();
        return glanced != NONE ? glanced : awaitSlow(cancellation);
    }

    /// Like [#await(Cancellation)], for a caller that has just called [#glance(Op...)].
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
                throw Sleeper.sleepForEver(WaitReason.SELECT_NO_CASES, this, cancellation);
            }
            long start = counted ? Timers.now() : 0;
            Waiter winner = sleeper.sleep(this, cancellation);
            int index = leaveAll(winner);
            if (winner != null) {
                if (counted) {
                    Op done = enabled(index);
                    done.core().waited(done.value() != null, start);
                }
                return index;
            }
            if (!sleeper.timedOut()) {
                throw sleeper.calledOff();
            }
        }
    }

    /// The earliest due time of the timers among its channels.
    @Override
    public long deadline() {
        long earliest = Sleeper.NEVER;
        for (int i = 0; i < size; i++) {
            Op op = ops[i];
            if (op != null && op.value() == null) {
                earliest = Math.min(earliest, op.core().deadline());
            }
        }
        return earliest;
    }

    @Override
    public long realDeadline() {
        long earliest = Sleeper.NEVER;
        for (int i = 0; i < size; i++) {
            Op op = ops[i];
            if (op != null && op.value() == null) {
                earliest = Math.min(earliest, op.core().realDeadline());
            }
        }
        return earliest;
    }

    private int glance() {
        int index = choose(ops, size, false);
        if (index == NONE) {
            return NONE;
        }
        answer = enabled(index).attempt();
        return answer == ChanResult.NOT_READY ? NONE : index;
    }

    private int performOne() {
        for (; ; ) {
            int index = choose(ops, size, true);
            if (index == NONE) {
                return NONE;
            }
            answer = enabled(index).perform();
            if (answer != ChanResult.NOT_READY) {
                return index;
            }
        }
    }

    /// A uniform choice among the operations that are ready, or, without the locks, that look so.
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

    /// The operations, for who wants to know which channels they are on.
    public Op[] ops() {
        return Arrays.stream(ops, 0, size).filter(Objects::nonNull).toArray(Op[]::new);
    }

    private @Nullable Waiter partnerOf(int chosen) {
        return chosen == NONE ? null : enabled(chosen).core().removePartner();
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
            } else if (isFirstOfItsKind(i)) {
                int drawn = drawOneLike(i);
                join(enabled(drawn), waiters[drawn]);
            }
        }
        return any;
    }

    private static void join(Op op, Waiter waiter) {
        waiter.value = op.value();
        waiter.passed = false;
        (op.value() == null ? op.core().receivers : op.core().senders).addLast(waiter);
    }

    private boolean isFirstOfItsKind(int index) {
        for (int i = 0; i < index; i++) {
            if (isLike(i, index)) {
                return false;
            }
        }
        return true;
    }

    /// One of the operations that do the same as the one at `index`, the first of them, each with the same probability.
    private int drawOneLike(int index) {
        int[] alike = new int[size];
        int count = 0;
        for (int i = index; i < size; i++) {
            if (isLike(i, index)) {
                alike[count++] = i;
            }
        }
        return alike[count == 1 ? 0 : draw(count)];
    }

    private static int draw(int options) {
        return World.current() instanceof World world
                ? world.choose(options)
                : ThreadLocalRandom.current().nextInt(options);
    }

    /// Whether both operations are enabled, on one channel, and in the same direction.
    private boolean isLike(int a, int b) {
        Op one = ops[a];
        Op other = ops[b];
        return one != null
                && other != null
                && one.core() == other.core()
                && (one.value() == null) == (other.value() == null);
    }

    /// Takes all waiters but the winner out of their queues, and returns its index after noting its answer.
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
                answer =
                        !waiter.passed
                                ? ChanResult.CLOSED
                                : op.value() != null ? ChanResult.SENT : ChanCore.received(waiter);
            } else {
                op.core().withdraw(waiter);
            }
            waiter.value = null;
        }
        return index;
    }

    /// Locks all channels. Whoever cannot have the next one soon gives all back before it waits for that one.
    private void lockAll() {
        int locked = 0;
        while (locked < channels) {
            if (locked == 0) {
                order[0].acquire();
                locked = 1;
            } else if (order[locked].acquireSpinning()) {
                locked++;
            } else {
                ChanCore busy = order[locked];
                unlock(locked);
                locked = 0;
                busy.acquire();
                busy.release();
            }
        }
    }

    private void unlockAll() {
        unlock(channels);
    }

    private void unlock(int locked) {
        for (int i = locked - 1; i >= 0; i--) {
            order[i].release();
        }
    }

    private Op enabled(int index) {
        return Objects.requireNonNull(ops[index]);
    }

    /// What it waits for, each by what it would do: a snapshot.
    @Override
    public List<WaitEdge> waits(WaitReason reason) {
        @Nullable Op[] all = ops;
        List<WaitEdge> waits = new ArrayList<>();
        for (int i = 0; i < Math.min(size, all.length); i++) {
            Op op = all[i];
            if (op != null) {
                waits.add(new WaitEdge(op.value() == null ? "to receive from" : "to send to", op.core(), List.of()));
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
                text.append(separator).append(op.value() == null ? "receive from " : "send to ").append(op.core());
                separator = ", ";
            }
        }
        return text.toString();
    }
}
