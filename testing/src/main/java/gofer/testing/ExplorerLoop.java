package gofer.testing;

import gofer.goroutine.Body;
import gofer.runtime.Operation;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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
     * Who yields is no option until another has had a turn: else a loop that waits by yielding would be an endless schedule.
     * If all that is done any more is to yield, time passes. Likewise for who waits by looking again and again, without
     * yielding: after many looks it yields; and if nobody does anything but look, all get a turn, and time passes.
     */

    /// So many times in a run the clock moves though somebody could go on, and how far, in nanoseconds, at the most.
    private static final int EARLY = 3;

    private static final long NEAR = TimeUnit.MINUTES.toNanos(1);

    /// So many times others may wait for the clock after the end of the main goroutine, or while one waits for something
    /// outside.
    private static final int LINGERING = 100;

    /// So many accesses to what is none of ours are points in a run: the others are a computation.
    private static final int ACCESSES = 10_000;

    /// After so many looks in a row others go first, or time passes: perhaps somebody waits for that.
    private static final int ROW = 1000;

    /// Of what is ours; most of them change nothing if repeated in a row.
    private static final Set<Operation> LOOKS =
            EnumSet.of(
                    Operation.LOOK,
                    Operation.TRY_SEND,
                    Operation.TRY_RECV,
                    Operation.TRY_SELECT,
                    Operation.TRY_LOCK,
                    Operation.TRY_R_LOCK,
                    Operation.TRY_TAKE);

    private final Task mover = new Task(0, null, () -> {}); // of the clock
    private final Choice choice = new Choice();
    private Oracle oracle = new Replay(new int[0]);
    private int most = 100_000; // steps in a run
    private int[] choices = new int[64];
    private int made; // choices
    private int steps;
    private int spinning; // yields since the last operation
    private int early;
    private int lingering;
    private int lasting; // so many times more the clock may move while somebody waits for something outside
    private int accesses;
    private int row; // looks, accesses included, of the same one
    private @Nullable Task looker;
    private int looks; // of anybody since somebody did something
    private int favoured; // number of who was the last to get a turn for that; 0 is the clock's
    private int hash; // of all that happened
    private double ways; // logarithm of how many ways there were
    private boolean abandoned;
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
        spinning = 0;
        early = EARLY;
        lingering = LINGERING;
        lasting = LINGERING;
        accesses = 0;
        row = 0;
        looker = null;
        looks = 0;
        favoured = 0;
        hash = 0;
        ways = 0;
        abandoned = false;
        preset = null;
        mover.priority = 0;
    }

    @Override
    boolean isOver() {
        return abandoned || super.isOver();
    }

    /// Whether the run was given up since it would have repeated others.
    boolean isAbandoned() {
        return abandoned;
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
        if (isOneTooMany(me, operation)) {
            giveWay();
            return;
        }
        if (operation != Operation.ACCESS) {
            spinning = 0;
        } else if (accesses++ >= ACCESSES) {
            return;
        }
        me.operation = operation;
        me.object = object;
        Task chosen = choose(me);
        if (chosen != me) {
            preset = chosen;
            Thread.yield();
            preset = null; // if it could not yield, being pinned
        }
        note(me, operation, object);
    }

    /// Whether this is the last of so many looks that it is time for something else.
    private boolean isOneTooMany(Task me, Operation operation) {
        boolean look = LOOKS.contains(operation);
        if (!look && operation != Operation.ACCESS) {
            row = 0;
            looks = 0;
            return false;
        }
        row = me == looker ? row + 1 : 1;
        looker = me;
        looks += look ? 1 : 0;
        return row >= ROW || looks >= ROW;
    }

    /// The current goroutine lets others go first. That is not to yield.
    private void giveWay() {
        int before = spinning;
        if (looks >= ROW) {
            looks = 0;
            preset = nextInTurn();
        }
        yieldNow();
        preset = null; // as in step
        row = 0;
        spinning = before;
        count();
    }

    /// If nobody does anything but look, those who are ready get a turn one after the other, whatever a strategy prefers, and
    /// then time passes. Null if that is nobody.
    private @Nullable Task nextInTurn() {
        Task first = null;
        for (Task task : live) {
            if (task.ready && task.number > favoured) {
                favoured = task.number;
                return task;
            }
            first = first == null && task.ready ? task : first;
        }
        Task next = clock.isEmpty() ? first : mover;
        favoured = next == null ? 0 : next.number;
        return next;
    }

    private void note(Task task, Operation operation, Object object) {
        hash = 31 * hash + task.number * 64 + operation.hashCode();
        if (trace != null) {
            trace.add(task, operation, object, site());
        }
        count();
    }

    private void count() {
        steps++;
        if (steps > most) {
            if (isMainOver()) {
                abandon();
            } else {
                fail(new Failure(Failure.Kind.LIVELOCK, "it goes on after " + most + " steps", dump(), null));
            }
            pass();
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

    @Override
    void madeReady(Task task) {}

    @Override
    @Nullable Task next() {
        Task chosen = preset;
        preset = null;
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
        if (chosen.yielded) {
            chosen.yielded = false;
            spinning++;
        }
        return chosen;
    }

    /// Who is next: `running`, which has the turn, or one that is ready, or the clock. Null if there is none.
    private @Nullable Task choose(@Nullable Task running) {
        Task first = running != null ? running : last != null && last.ready && !last.yielded ? last : null;
        choice.ofTasks(first);
        int waiting = 0;
        for (Task task : live) {
            if (task != first && task.ready) {
                waiting++;
                if (!task.yielded) {
                    choice.add(task);
                }
            }
        }
        if (choice.size() == 0 && waiting == 0) {
            return null;
        }
        boolean spins = spinning > 2 * waiting + 2;
        if (spins && !clock.isEmpty()) {
            spinning = 0;
            return mover;
        }
        if (choice.size() == 0) {
            for (Task task : live) {
                if (task.ready) {
                    choice.add(task);
                }
            }
        }
        if (spins && spinning > most) {
            fail(new Failure(Failure.Kind.LIVELOCK, "all that goroutines do any more is to yield", dump(), null));
            return null;
        }
        boolean timely = early > 0 && clock.left() < NEAR;
        if (timely) {
            choice.add(mover);
        }
        int option = choice.size() == 1 ? 0 : ask();
        if (option == Oracle.ABANDON) {
            abandon();
            return mover; // anybody but who runs
        }
        Task chosen = choice.tasks.get(option);
        if (chosen == mover) {
            early--;
        }
        return chosen;
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
        if (lasting > 0 && (unlikely ? !clock.isEmpty() : clock.left() < NEAR)) {
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

    @Override
    List<Runnable> order(List<Runnable> due) {
        return due; // who goes on first is a choice anyway
    }
}
