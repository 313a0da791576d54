package gofer.testing;

import gofer.goroutine.Body;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.Dated;
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
     * by looking again and again, see Polling; for runs that are long, Fairness.
     */

    /// Whether classes of the program have points before their accesses to what may be shared.
    static final boolean HAS_POINTS = Accesses.install();

    /// So many times in a run the clock moves though somebody could go on.
    private static final int EARLY = 3;

    /// So many times others may wait for the clock after the end of the main goroutine, or while one waits for something
    /// outside.
    private static final int LINGERING = 100;

    /// So many accesses to what is none of ours are points in a run: the others are a computation, in which one of so many is.
    private static final int ACCESSES = 10_000;

    private static final int SPARSE = 1000;

    private final Task mover = new Task(0, null, () -> {}); // of the clock
    private final Choice choice = new Choice();
    private Schedule way = new Schedule(new Replay(new int[0]));
    private StepCounter steps = new StepCounter(1);
    private int noted; // steps, for a trace
    private GoroutineCount headcount = new GoroutineCount();
    private ThreadWait threads = new ThreadWait();
    private Untried untried = new Untried();
    private PollingDetector polling = new PollingDetector();
    private Monitors monitors = new Monitors(live);
    private int early;
    private int lingering;
    private int lasting; // so many times more the clock may move while somebody waits for something outside
    private int accesses; // that were points
    private boolean leaving; // the current goroutine gives its turn away, or yields by a method of ours
    private int hash; // of all that happened
    private boolean abandoned;
    private boolean repeats; // others: that is why it was abandoned
    private @Nullable Task preset;
    private @Nullable Trace trace;

    /// Runs `body` once, as `by` says.
    void run(Body body, Oracle by, int mostSteps, @Nullable Trace noted) {
        way = new Schedule(by);
        steps = new StepCounter(mostSteps);
        trace = noted;
        run(body);
        way.end();
    }

    @Override
    void begin() {
        super.begin();
        noted = 0;
        headcount = new GoroutineCount();
        untried = new Untried();
        threads = new ThreadWait();
        polling = new PollingDetector();
        monitors = new Monitors(live);
        early = EARLY;
        lingering = LINGERING;
        lasting = LINGERING;
        accesses = 0;
        leaving = false;
        hash = 0;
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

    /// What the run could not try.
    Untried untried() {
        untried.isLong = steps.areMany();
        return untried;
    }

    /// The choices that were made.
    int[] choices() {
        return way.choices();
    }

    /// Equal for runs in which the same happened.
    int hash() {
        return 31 * hash + way.made();
    }

    /// How many there are for a trace.
    int noted() {
        return noted;
    }

    /// See [Schedule#ways].
    double ways() {
        return way.ways();
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // to let the loop go on
    protected void step(SyncPoint operation, Object object) {
        Task me = current;
        if (me == null || abandoned || failure != null) {
            return;
        }
        me.thread = Thread.currentThread();
        monitors.settle(this::receive);
        if (object instanceof Access access && Monitors.isKept(operation)) {
            monitor(me, access);
        } else {
            point(me, operation, object);
        }
    }

    private void monitor(Task me, Access access) {
        Object monitor = access.shared();
        switch (access.operation()) {
            case EXIT -> {
                note(me, access.operation(), access);
                count();
                monitors.exit(me, monitor);
            }
            case ENTER -> {
                if (!monitors.isHeldBy(me, monitor)) {
                    point(me, access.operation(), access);
                    enter(me, access);
                }
                monitors.enter(me, monitor);
            }
            default -> {
                point(me, access.operation(), access);
                monitors.await(me, monitor);
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // to let the loop go on
    private void enter(Task me, Access access) {
        me.entering = access.shared();
        me.operation = access.operation();
        me.object = access;
        boolean left = true;
        while (left && monitors.isShut(me)) {
            leaving = true;
            long turn = turns();
            Thread.yield();
            preset = null;
            left = turns() != turn; // else it is pinned
        }
    }

    /// The current goroutine is back from `Object.wait`.
    void awaited(Object monitor) {
        Task me = current;
        if (me != null) {
            monitors.awaited(me, monitor);
        }
    }

    @Override
    boolean isExpected(Task task) {
        return monitors.isExpected(task, last);
    }

    @Override
    void beforeDump() {
        monitors.giveUp(this::turn);
    }

    private void point(Task me, SyncPoint operation, Object object) {
        if (PollingDetector.isLook(operation)) {
            if (polling.looks(me, operation)) {
                untried.passedOver |= isReadyBeside(me);
                leave();
                count();
                return;
            }
        } else if (!PollingDetector.isNothing(operation)) {
            polling.happens();
        }
        boolean access = Access.isForeign(operation) && !Monitors.isKept(operation);
        if (access && isReadyBeside(me) && ++accesses > ACCESSES) {
            if (accesses % SPARSE != 0) {
                return;
            }
            steps.computes();
        }
        me.operation = operation;
        me.object = object;
        Task chosen = choose(me);
        boolean alone = choice.size() == 1;
        if (chosen != me) {
            preset = chosen;
            leaving = true;
            Thread.yield();
            untried.pinned |= preset != null;
            preset = null;
        }
        me.stepped++;
        note(me, operation, object);
        if (!alone || !access) {
            count();
        }
    }

    @Override
    public void yieldNow() {
        Task me = current;
        if (me != null && !abandoned && failure == null) {
            me.operation = SyncPoint.YIELD;
            me.object = null;
            if (!yieldsAgain(me, site()) && isReadyBeside(me)) {
                Task chosen = choose(me);
                if (chosen == me) {
                    note(me, SyncPoint.YIELD, null);
                    count();
                    return;
                }
                preset = chosen;
            }
        }
        leave();
    }

    /// Whether `me` has yielded at `place` before, and so waits.
    private boolean yieldsAgain(Task me, Object place) {
        boolean again = polling.yields(me, place);
        untried.yieldedAgain |= again && isReadyBeside(me);
        return again;
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

    private void note(Task task, SyncPoint operation, @Nullable Object object) {
        hash = 31 * hash + task.number * 64 + operation.name().hashCode();
        noted++;
        if (trace != null) {
            if (trace.shows(noted)) {
                trace.add(task, operation, object, site());
            } else {
                trace.skip();
            }
        }
    }

    /// Counts a step of the current goroutine, which may be the last.
    @SuppressWarnings("ThreadPriorityCheck") // to let the loop go on
    private void count() {
        countStep();
        if (abandoned || steps.areTooMany()) {
            Thread.yield();
        }
    }

    private void countStep() {
        switch (steps.count(isMainOver())) {
            case NONE -> {}
            case ENDLESS ->
                    endless("it goes on after " + steps.made() + " steps, though all goroutines get their turns");
            case TOO_LONG -> {
                untried.tooLong = true;
                abandon();
            }
            case OVER -> abandon();
        }
    }

    private void endless(String how) {
        if (isMainOver()) {
            abandon();
        } else {
            fail(Failure.Kind.LIVELOCK, how);
        }
    }

    /// Ends the run without a verdict.
    private void abandon() {
        abandoned = true;
    }

    /// Who has its turn, and does not leave, has yielded by itself.
    @Override
    void madeReady(Task task) {
        monitors.madeReady(task);
        if (task == current && !leaving) {
            yieldsAgain(task, Thread.class);
        }
    }

    @Override
    @Nullable Task next() {
        monitors.settle(this::receive);
        monitors.settleJoins(last, this::receive);
        Task chosen = preset;
        preset = null;
        boolean yields = leaving;
        leaving = false;
        while (chosen == null || chosen == mover) {
            if (chosen == mover) {
                noted++;
                if (trace != null) {
                    trace.add(mover, "moves", null);
                }
                advanceToAny();
            }
            if (abandoned || failure != null) {
                return null;
            }
            chosen = choose(null);
            if (chosen == null) {
                return null;
            }
        }
        if (steps.areNoneSinceLastTurn(yields)) {
            countStep();
        }
        if (abandoned || failure != null) {
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
            if (polling.endRound() && !(hasNewThreads() && threads.lasts())) {
                endless("all that goroutines do any more is to look and yield");
                return null;
            }
            if (clock.leftToAny() != Long.MAX_VALUE && polling.timePasses(clock.leftToAny())) {
                choice.add(mover);
            } else {
                addAll(task -> task.ready);
            }
        }
        if (choice.size() == 0) {
            return null;
        }
        if (steps.areMany()) {
            return steps.letTimePass(clock.leftToAny()) ? mover : choice.tasks.get(steps.choose(choice));
        }
        if (clock.leftToAny() < PollingDetector.NEAR && choice.tasks.getFirst() != mover) {
            if (early > 0) {
                choice.add(mover);
            } else {
                untried.bounded = true;
            }
        }
        int option = choice.size() == 1 ? way.goesOn(choice.tasks.getFirst()) : way.choose(choice);
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

    @Override
    public int choose(int options) {
        choice.ofArms(options);
        int option = way.choose(choice);
        hash = 31 * hash + option;
        return Math.max(0, option);
    }

    /// The clock moves, since I/O may be slow, and who holds a monitor may sleep. When the main goroutine is over, who waits
    /// for I/O ends with it.
    @Override
    boolean outsideLasts(boolean unlikely) {
        if (lasting > 0 && (unlikely ? !clock.isEmpty() : clock.left() < PollingDetector.NEAR)) {
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
    public int countGoroutines() {
        return headcount.of(live, current, this::choose);
    }

    @Override
    public void armed(Dated timer) {
        clock.note(timer);
    }

    @Override
    void over(Task task) {
        headcount.ended();
    }

    @Override
    boolean mayLinger() {
        return lingering-- > 0;
    }

    @Override
    void stuck(boolean mainOver) {
        if (!mainOver) {
            fail(Failure.Kind.DEADLOCK, "all goroutines are asleep - deadlock!");
        } else if (clock.isEmpty()) {
            fail(Failure.Kind.LEAK, "the main goroutine has ended, and these goroutines can never go on: " + names());
        }
    }

    /// Who goes on first is a choice anyway.
    @Override
    List<Runnable> order(List<Runnable> due) {
        if (!due.isEmpty()) {
            polling.happens();
            steps.moves();
            countStep();
        }
        return due;
    }
}
