package gofer.testing;

import gofer.goroutine.Body;
import gofer.runtime.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Runs goroutines as an oracle says: before each operation that others could notice, another may get the turn.
final class ExplorerLoop extends Loop {

    /*
     * Who is next is decided by whoever is about to carry out an operation, so that to go on costs no switch. If another is
     * chosen, that is noted in `preset`, and the thread yields.
     *
     * The first option is always the one that had the last turn, if it can go on; the others follow by number, and the clock
     * comes last. Time may pass while goroutines can go on, since a real one may be slow: the clock is an option for a few
     * times, as long as it is not far to the next timer.
     *
     * Who yields may go on first all the same: on a real machine nobody else need be faster. For those who wait by yielding, or
     * by looking again and again, see Polling.
     */

    /// So many times in a run the clock moves though somebody could go on.
    private static final int EARLY = 3;

    /// So many times others may wait for the clock after the end of the main goroutine, or while one waits for something
    /// outside.
    private static final int LINGERING = 100;

    /// So many accesses to what is none of ours are points in a run: the others are a computation.
    private static final int ACCESSES = 10_000;

    private final Task mover = new Task(0, null, () -> {}); // of the clock
    private final Choice choice = new Choice();
    private Oracle oracle = new Replay(new int[0]);
    private int most = 100_000; // steps in a run
    private int[] choices = new int[64];
    private int made; // choices
    private int steps;
    private Polling polling = new Polling();
    private int early;
    private int lingering;
    private int lasting; // so many times more the clock may move while somebody waits for something outside
    private int accesses; // that were points
    private boolean leaving; // the current goroutine gives its turn away, or yields by a method of ours
    private int hash; // of all that happened
    private double ways; // logarithm of how many ways there were
    private boolean abandoned;
    private boolean repeats; // others: that is why it was abandoned
    private @Nullable Task preset;
    private @Nullable Trace trace;

    /// Runs `body` once, as `by` says.
    void run(Body body, Oracle by, int mostSteps, @Nullable Trace noted) {
        oracle = by;
        most = mostSteps;
        trace = noted;
        run(body);
        oracle.over(made);
    }

    @Override
    void begin() {
        super.begin();
        made = 0;
        steps = 0;
        polling = new Polling();
        early = EARLY;
        lingering = LINGERING;
        lasting = LINGERING;
        accesses = 0;
        leaving = false;
        hash = 0;
        ways = 0;
        abandoned = false;
        repeats = false;
        preset = null;
        mover.priority = 0;
    }

    @Override
    boolean isOver() {
        return abandoned || super.isOver();
    }

    /// Whether the run was given up since it would have repeated others.
    boolean repeats() {
        return repeats;
    }

    /// Whether there were so many accesses to what is none of ours that the last ones were no points.
    boolean hasSeenTooMuch() {
        return accesses > ACCESSES;
    }

    /// The choices that were made.
    int[] choices() {
        return Arrays.copyOf(choices, made);
    }

    /// Equal for runs in which the same happened.
    int hash() {
        return 31 * hash + made;
    }

    int steps() {
        return steps;
    }

    /// The natural logarithm of how many runs there would be if all had as many options as this one.
    double ways() {
        return ways;
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // to let the loop go on
    protected void step(Operation operation, Object object) {
        Task me = current;
        if (me == null || abandoned || failure != null) {
            return;
        }
        if (!Polling.isLook(operation)) {
            polling.happens();
        } else if (polling.looks(me, operation)) {
            leave();
            count();
            return;
        }
        if (operation == Operation.ACCESS && isReadyBeside(me) && ++accesses > ACCESSES) {
            return;
        }
        me.operation = operation;
        me.object = object;
        Task chosen = choose(me);
        if (chosen != me) {
            preset = chosen;
            leaving = true;
            Thread.yield();
            preset = null; // if it could not yield, being pinned
        }
        note(me, operation, object);
    }

    @Override
    protected void yieldNow() {
        Task me = current;
        if (me != null && !abandoned && failure == null) {
            me.operation = Operation.YIELD;
            me.object = null;
            if (!polling.yields(me, site()) && isReadyBeside(me)) {
                Task chosen = choose(me);
                if (chosen == me) {
                    note(me, Operation.YIELD, null);
                    return;
                }
                preset = chosen;
            }
        }
        leave();
    }

    private void leave() {
        leaving = true;
        super.yieldNow();
        preset = null; // as in step
    }

    /// Whether another could go on instead of `me`.
    private boolean isReadyBeside(Task me) {
        for (Task task : live) {
            if (task != me && mayGoOn(task)) {
                return true;
            }
        }
        return false;
    }

    private void note(Task task, Operation operation, @Nullable Object object) {
        hash = 31 * hash + task.number * 64 + operation.name().hashCode();
        if (trace != null) {
            trace.add(task, operation, object, site());
        }
        count();
    }

    /// Counts a step of the current goroutine, which may be the last.
    private void count() {
        countStep();
        if (steps > most) {
            pass();
        }
    }

    private void countStep() {
        if (++steps > most) {
            endless("it goes on after " + most + " steps");
        }
    }

    private void endless(String how) {
        if (isMainOver()) {
            abandon();
        } else {
            fail(new Failure(Failure.Kind.LIVELOCK, how, dump(), null));
        }
    }

    /// Ends the run without a verdict.
    private void abandon() {
        abandoned = true;
    }

    @SuppressWarnings("ThreadPriorityCheck") // to let the loop go on
    private static void pass() {
        Thread.yield();
    }

    /// Who has its turn, and does not leave, has yielded by itself.
    @Override
    void madeReady(Task task) {
        if (task == current && !leaving) {
            polling.yields(task, Thread.class);
        }
    }

    @Override
    @Nullable Task next() {
        Task chosen = preset;
        preset = null;
        leaving = false;
        while (chosen == null || chosen == mover) {
            if (chosen == mover) {
                if (trace != null) {
                    trace.add(mover, "moves", null);
                }
                advance();
            }
            if (abandoned || failure != null) {
                return null;
            }
            chosen = choose(null);
            if (chosen == null) {
                return null;
            }
        }
        if (abandoned) {
            return null;
        }
        for (Task task : live) {
            if (task != chosen) {
                task.yielded = false;
            }
        }
        chosen.ready = false;
        chosen.yielded = false;
        return chosen;
    }

    /// Who is next: `running`, which has the turn, or one that is ready, or the clock. Null if there is none.
    private @Nullable Task choose(@Nullable Task running) {
        Task first = running != null ? running : last != null && mayGoOn(last) ? last : null;
        choice.ofTasks(first);
        for (Task task : live) {
            if (task != first && mayGoOn(task)) {
                choice.add(task);
            }
        }
        if (choice.size() == 0) {
            addAll(task -> task.ready && !polling.isPolling(task));
        }
        if (choice.size() == 0 && isAnyReady()) {
            if (polling.endRound() > most) {
                endless("all that goroutines do any more is to yield");
                return null;
            }
            if (!clock.isEmpty() && polling.timePasses(clock.left())) {
                choice.add(mover);
            } else {
                addAll(task -> task.ready);
            }
        }
        if (choice.size() == 0) {
            return null;
        }
        if (early > 0 && clock.left() < Polling.NEAR && choice.tasks.getFirst() != mover) {
            choice.add(mover);
        }
        int option = choice.size() == 1 ? oracle.goesOn(choice.tasks.getFirst()) : ask();
        if (option == Oracle.ABANDON) {
            repeats = true;
            abandon();
            return mover; // anybody but who runs
        }
        Task chosen = choice.tasks.get(option);
        if (chosen == mover && choice.size() > 1) {
            early--;
        }
        return chosen;
    }

    private boolean mayGoOn(Task task) {
        return task.ready && !task.yielded && !polling.isPolling(task);
    }

    private void addAll(Predicate<Task> options) {
        live.stream().filter(options).forEach(choice::add);
    }

    private int ask() {
        ways += Math.log(choice.size());
        int option = oracle.choose(choice);
        if (option != Oracle.ABANDON) {
            if (made == choices.length) {
                choices = Arrays.copyOf(choices, 2 * made);
            }
            choices[made++] = option;
        }
        return option;
    }

    @Override
    protected int choose(int options) {
        choice.ofArms(options);
        int option = ask();
        hash = 31 * hash + option;
        return Math.max(0, option);
    }

    /// The clock moves, since I/O may be slow, and who holds a monitor may sleep. When the main goroutine is over, who waits
    /// for I/O ends with it.
    @Override
    boolean outsideLasts(boolean unlikely) {
        if (lasting > 0 && (unlikely ? !clock.isEmpty() : clock.left() < Polling.NEAR)) {
            lasting--;
            advance();
            return true;
        }
        if (isMainOver() && !unlikely) {
            abandon();
        }
        return abandoned;
    }

    @Override
    boolean mayLinger() {
        return lingering-- > 0;
    }

    @Override
    void stuck(boolean mainOver) {
        if (!mainOver) {
            fail(new Failure(Failure.Kind.DEADLOCK, "all goroutines are asleep - deadlock!", dump(), null));
        } else if (clock.isEmpty()) {
            fail(
                    new Failure(
                            Failure.Kind.LEAK,
                            "the main goroutine is over, others wait for ever: " + names(),
                            dump(),
                            null));
        }
    }

    /// Who goes on first is a choice anyway.
    @Override
    List<Runnable> order(List<Runnable> due) {
        if (!due.isEmpty()) {
            polling.happens();
            countStep();
        }
        return due;
    }
}
