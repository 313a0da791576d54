package gofer.testing;

import gofer.goroutine.Body;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.WorldTimer;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A loop that runs goroutines as an oracle decides. Before each operation that other goroutines could observe, another one may
/// run.
final class ExplorerLoop extends Loop {

    /*
     * The thread that is about to carry out an operation chooses the next task itself, so that continuing costs no switch. If
     * it chooses another task, it stores that in `preset` and yields.
     *
     * The first option is always the task that had the last turn, if it can continue. The others follow by number, and the
     * clock comes last. Time may pass while goroutines can run, since a real goroutine may be slow: the clock is an option a
     * few times, if the next timer is near.
     *
     * A goroutine that yields may still be chosen next: on a real machine, no other one needs to be faster. For goroutines that
     * wait by yielding or polling see PollingDetector. For long runs see Fairness.
     */

    /// Whether classes of the program have scheduling points before their accesses to shared state.
    static final boolean HAS_POINTS = Accesses.install();

    /// How often in a run the clock may advance while a task can run.
    private static final int EARLY = 3;

    /// How often the clock may advance after the end of the main goroutine, or while a goroutine waits for something outside.
    private static final int LINGERING = 100;

    /// How many accesses to objects that are not Gofer's are scheduling points in a run. With more, the run is a computation,
    /// and only one access in [#SPARSE] is a scheduling point.
    private static final int ACCESSES = 10_000;

    private static final int SPARSE = 1000;

    private final Task mover = new Task(0, null, () -> {}); // stands for the clock
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
    private int lasting; // how often the clock may still advance during a wait for something outside
    private int accesses; // that were scheduling points
    private boolean leaving; // the current goroutine gives up its turn, or yields by a method of ours
    private int hash; // of everything that happened
    private boolean abandoned;
    private boolean repeats; // the run would have repeated others, and so was abandoned
    private @Nullable Task preset;
    private @Nullable Trace trace;

    /// Runs `body` once, with the choices of `by`.
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

    /// Returns whether the run was abandoned since it would have repeated others.
    boolean repeats() {
        return repeats;
    }

    /// Returns whether there were too many accesses to objects outside of Gofer to make each a scheduling point.
    boolean hasSeenTooMuch() {
        return accesses > ACCESSES;
    }

    /// Returns what the run could not try.
    Untried untried() {
        untried.isLong = steps.areMany();
        return untried;
    }

    /// Returns the choices of the run.
    int[] choices() {
        return way.choices();
    }

    /// Returns a hash that is equal for runs in which the same happened.
    int hash() {
        return 31 * hash + way.made();
    }

    /// Returns the number of steps for a trace.
    int noted() {
        return noted;
    }

    /// See [Schedule#ways].
    double ways() {
        return way.ways();
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // lets the loop run
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

    @SuppressWarnings("ThreadPriorityCheck") // lets the loop run
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

    /// Called when the current goroutine returns from `Object.wait`.
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

    /// Returns whether `me` has yielded at `place` before, and so is waiting.
    private boolean yieldsAgain(Task me, Object place) {
        boolean again = polling.yields(me, place);
        untried.yieldedAgain |= again && isReadyBeside(me);
        return again;
    }

    private void leave() {
        leaving = true;
        super.yieldNow();
        preset = null; // as in point
    }

    /// Returns whether a task other than `me` could run.
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

    /// Counts a step of the current goroutine, which may be its last.
    @SuppressWarnings("ThreadPriorityCheck") // lets the loop run
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
                    endless("still running after " + steps.made() + " steps, although every goroutine gets its turns");
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

    /// A task that has its turn, and is not leaving, has yielded by itself.
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

    /// Chooses the next task: `running`, which has its turn, or another one that is ready, or the clock. Returns null if there
    /// is none.
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
                endless("goroutines do nothing but poll and yield");
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
            return mover; // any task but the running one
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

    /// Advances the clock, since I/O may be slow, and the owner of a monitor may be asleep. Once the main goroutine has ended,
    /// a goroutine that waits for I/O does not prolong the run.
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
    public void onTimerSet(WorldTimer timer) {
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
            fail(
                    Failure.Kind.LEAK,
                    "the main goroutine has ended, and these goroutines are blocked forever: " + names());
        }
    }

    /// The order needs no shuffle, since the strategy chooses which task runs first.
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
