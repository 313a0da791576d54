package gofer.testing;

import gofer.goroutine.Body;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.WorldTimer;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A loop that runs goroutines in the order that an oracle chooses. Before each operation that other goroutines could observe,
/// another goroutine may run.
final class ExplorerLoop extends Loop {

    /*
     * Before an operation, the thread itself chooses the next task, so that continuing needs no switch. If it chooses another
     * task, it stores that task in `preset` and yields.
     *
     * The first option is always the task that had the last turn, if it can continue. The others follow by number, and the
     * clock comes last. Time may pass while goroutines can run, because a real goroutine may be slow. So the clock is an option
     * a few times, if the next timer is near.
     *
     * A goroutine that yields can still be chosen next, because on a real machine no other goroutine may be faster. For
     * goroutines that wait by yielding or polling, see PollingDetector. For long runs, see Fairness.
     */

    /// Whether classes of the program have scheduling points before their accesses to shared state.
    static final boolean HAS_POINTS = PointHandler.install();

    /// The number of accesses to objects outside of Gofer that are scheduling points. A run with more is a computation, and
    /// then only one access in [#SAMPLE_INTERVAL] is a scheduling point.
    private static final int MAX_ACCESSES = 10_000;

    private static final int SAMPLE_INTERVAL = 1000;

    private final Task clockTask = new Task(0, null, () -> {}); // represents the clock
    private final Choice choice = new Choice();
    private Schedule schedule = new Schedule(new Replay(new int[0]));
    private StepCounter steps = new StepCounter(1);
    private StepLog log = new StepLog(null);
    private GoroutineCount goroutineCount = new GoroutineCount();
    private ThreadWait threadWait = new ThreadWait();
    private Untried untried = new Untried();
    private PollingDetector polling = new PollingDetector();
    private Monitors monitors = new Monitors(live);
    private AdvanceBudget advances = new AdvanceBudget();
    private int accesses; // to objects outside of Gofer, while another task was ready
    private boolean givesUpTurn; // the current goroutine gives up its turn, or yields by a method of Gofer
    private boolean abandoned;
    private boolean isRepeat; // abandoned because the run would have repeated others
    private @Nullable Task preset; // the next task, if it is already chosen
    @Nullable Races races; // null unless races are searched for

    /// Runs `body` once, with the choices of `oracle`.
    void run(Body body, Oracle oracle, int mostSteps, @Nullable Trace trace) {
        schedule = new Schedule(oracle);
        steps = new StepCounter(mostSteps);
        log = new StepLog(trace);
        run(body);
        schedule.end();
    }

    @Override
    void begin() {
        super.begin();
        goroutineCount = new GoroutineCount();
        untried = new Untried();
        threadWait = new ThreadWait();
        polling = new PollingDetector();
        monitors = new Monitors(live);
        advances = new AdvanceBudget();
        accesses = 0;
        givesUpTurn = false;
        abandoned = false;
        isRepeat = false;
        preset = null;
        clockTask.priority = 0;
        if (races != null) {
            races.begin(log);
        }
    }

    @Override
    boolean hasEnded() {
        return abandoned || super.hasEnded();
    }

    /// Returns whether the run was abandoned because it would have repeated others.
    boolean isRepeat() {
        return isRepeat;
    }

    /// Returns whether there were too many accesses to objects outside of Gofer for each to be a scheduling point.
    boolean hasSampledAccesses() {
        return accesses > MAX_ACCESSES;
    }

    /// Returns what the run did not try.
    Untried untried() {
        untried.isLong = steps.isLong();
        return untried;
    }

    /// Returns the choices of the run.
    int[] choices() {
        return schedule.choices();
    }

    /// Returns a hash that is equal for runs with the same steps and choices.
    int hash() {
        return 31 * log.hash() + schedule.length();
    }

    /// Returns the number of steps for a trace.
    int traceLength() {
        return log.length();
    }

    /// See [Schedule#logSpace].
    double logSpace() {
        return schedule.logSpace();
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // lets the loop run
    protected void step(SyncPoint operation, Object object) {
        Task me = current;
        if (me == null || abandoned || failure != null) {
            return;
        }
        me.thread = Thread.currentThread();
        if (races != null) {
            races.beginOperation(me);
        }
        monitors.awaitNotified(this::receive);
        if (object instanceof Access access && Monitors.isTracked(operation)) {
            monitor(me, access);
        } else {
            point(me, operation, object);
        }
    }

    private void monitor(Task me, Access access) {
        Object monitor = access.shared();
        switch (access.operation()) {
            case EXIT -> {
                record(me, access.operation(), access);
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
        boolean gaveUpTurn = true;
        while (gaveUpTurn && monitors.isBlocked(me)) {
            givesUpTurn = true;
            long turn = turns();
            Thread.yield();
            preset = null;
            gaveUpTurn = turns() != turn; // otherwise it is pinned
        }
    }

    /// Called when the current goroutine returns from `Object.wait`.
    void endWait(Object monitor) {
        Task me = current;
        if (me != null) {
            monitors.endWait(me, monitor);
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
        if (PollingDetector.isCheck(operation)) {
            if (polling.recordCheck(me, operation)) {
                untried.pollerSkipped |= isAnotherReady(me);
                giveUpTurn();
                count();
                return;
            }
        } else if (!PollingDetector.hasNoEffect(operation)) {
            polling.recordEvent();
        }
        boolean access = Access.isForeign(operation) && !Monitors.isTracked(operation);
        if (access && isAnotherReady(me) && ++accesses > MAX_ACCESSES) {
            if (accesses % SAMPLE_INTERVAL != 0) {
                return;
            }
            steps.countComputation();
        }
        me.operation = operation;
        me.object = object;
        Task chosen = choose(me);
        boolean alone = choice.size() == 1;
        if (chosen != me) {
            preset = chosen;
            givesUpTurn = true;
            Thread.yield();
            untried.pinned |= preset != null;
            preset = null;
        }
        me.steps++;
        record(me, operation, object);
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
            if (!yieldsAgain(me, site()) && isAnotherReady(me)) {
                Task chosen = choose(me);
                if (chosen == me) {
                    record(me, SyncPoint.YIELD, null);
                    count();
                    return;
                }
                preset = chosen;
            }
        }
        giveUpTurn();
    }

    /// Returns whether `me` has yielded at `place` before. Then it is treated as waiting.
    private boolean yieldsAgain(Task me, Object place) {
        boolean again = polling.recordYield(me, place);
        untried.repeatedYield |= again && isAnotherReady(me);
        return again;
    }

    private void giveUpTurn() {
        givesUpTurn = true;
        super.yieldNow();
        preset = null; // as in point
    }

    /// Returns whether a task other than `me` could run.
    private boolean isAnotherReady(Task me) {
        for (Task task : live) {
            if (task != me && isRunnable(task)) {
                return true;
            }
        }
        return false;
    }

    private void record(Task task, SyncPoint operation, @Nullable Object object) {
        log.add(task, operation, object, log.keepsNext() ? site() : null);
    }

    /// Counts a step of the current goroutine. The goroutine does not continue if the run has ended.
    @SuppressWarnings("ThreadPriorityCheck") // lets the loop run
    private void count() {
        countStep();
        if (abandoned || steps.isAtLimit()) {
            Thread.yield();
        }
    }

    private void countStep() {
        switch (steps.add(hasMainEnded())) {
            case CONTINUE -> {}
            case ENDLESS ->
                    endEndless(
                            "still running after " + steps.count() + " steps, although every goroutine gets its turns");
            case TOO_LONG -> {
                untried.tooLong = true;
                abandon();
            }
            case DONE -> abandon();
        }
    }

    /// Ends a run that would never end. It fails unless the main goroutine has ended.
    private void endEndless(String message) {
        if (hasMainEnded()) {
            abandon();
        } else {
            fail(Failure.Kind.LIVELOCK, message);
        }
    }

    /// Ends the run without a verdict.
    private void abandon() {
        abandoned = true;
    }

    /// If the current task becomes ready without giving up its turn here, it has called `Thread.yield`.
    @Override
    void madeReady(Task task) {
        monitors.madeReady(task);
        if (task == current && !givesUpTurn) {
            yieldsAgain(task, Thread.class);
        }
    }

    @Override
    @Nullable Task next() {
        monitors.awaitNotified(this::receive);
        monitors.awaitJoiners(last, this::receive);
        Task chosen = preset;
        preset = null;
        boolean yields = givesUpTurn;
        givesUpTurn = false;
        while (chosen == null || chosen == clockTask) {
            if (chosen == clockTask) {
                log.addAdvance(clockTask);
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
        if (steps.isTurnWithoutStep(yields)) {
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

    /// Chooses the next task: `running`, which has its turn, or another ready task, or the clock. Returns null if there is none.
    private @Nullable Task choose(@Nullable Task running) {
        Task first = running != null ? running : last != null && isRunnable(last) ? last : null;
        choice.ofTasks(first);
        for (Task task : live) {
            if (task != first && isRunnable(task)) {
                choice.add(task);
            }
        }
        if (choice.size() == 0) {
            addAll(task -> task.ready && !polling.isPolling(task));
        }
        if (choice.size() == 0 && isAnyReady()) {
            if (polling.endRound() && !(hasNewThreads() && threadWait.waitLonger())) {
                endEndless("goroutines do nothing but poll and yield");
                return null;
            }
            if (clock.timeToAny() != Long.MAX_VALUE && polling.mayAdvance(clock.timeToAny())) {
                choice.add(clockTask);
            } else {
                addAll(task -> task.ready);
            }
        }
        if (choice.size() == 0) {
            return null;
        }
        if (steps.isLong()) {
            return steps.letTimePass(clock.timeToAny()) ? clockTask : choice.tasks.get(steps.choose(choice));
        }
        if (clock.timeToAny() < PollingDetector.NEAR && choice.tasks.getFirst() != clockTask) {
            if (advances.hasEarly()) {
                choice.add(clockTask);
            } else {
                untried.clockLimited = true;
            }
        }
        int option = choice.size() == 1 ? schedule.continueOnly(choice.tasks.getFirst()) : schedule.choose(choice);
        if (option == Oracle.ABANDON) {
            isRepeat = true;
            abandon();
            return clockTask; // any task except the running one
        }
        Task chosen = choice.tasks.get(option);
        if (chosen == clockTask && choice.size() > 1) {
            advances.useEarly();
        }
        return chosen;
    }

    private boolean isRunnable(Task task) {
        return task.ready && !task.yielded && !polling.isPolling(task);
    }

    private void addAll(Predicate<Task> options) {
        live.stream().filter(options).forEach(choice::add);
    }

    @Override
    public int choose(int options) {
        choice.ofArms(options);
        int option = schedule.choose(choice);
        log.addChoice(option);
        return Math.max(0, option);
    }

    /// Advances the clock, because I/O may be slow, and the owner of a monitor may be asleep. Abandons the run if the main
    /// goroutine has ended and another one waits for I/O.
    @Override
    boolean continueMeanwhile(boolean unlikely) {
        if (advances.hasOutside() && (unlikely ? !clock.isEmpty() : clock.timeToTimer() < PollingDetector.NEAR)) {
            advances.useOutside();
            advance();
            return true;
        }
        if (hasMainEnded() && !unlikely) {
            abandon();
        }
        return abandoned;
    }

    @Override
    public int countGoroutines() {
        return goroutineCount.of(live, current, this::choose);
    }

    @Override
    public void onTimerSet(WorldTimer timer) {
        clock.track(timer);
    }

    @Override
    void created(Task task) {
        if (races != null) {
            races.start(task);
        }
    }

    /// Ends the run. The current goroutine does not continue, unless it is pinned.
    @SuppressWarnings("ThreadPriorityCheck") // lets the loop end
    void end() {
        abandon();
        givesUpTurn = true;
        Thread.yield();
    }

    @Override
    void ended(Task task) {
        goroutineCount.ended();
    }

    @Override
    boolean mayAdvanceAfterMain() {
        return advances.useAfterMain();
    }

    @Override
    void stuck(boolean mainEnded) {
        if (!mainEnded) {
            fail(Failure.Kind.DEADLOCK, "all goroutines are asleep - deadlock!");
        } else if (clock.isEmpty()) {
            fail(
                    Failure.Kind.LEAK,
                    "the main goroutine has ended, and these goroutines are blocked forever: " + names());
        }
    }

    /// Needs no shuffle, because the strategy chooses which task runs first.
    @Override
    List<Runnable> order(List<Runnable> due) {
        if (!due.isEmpty()) {
            polling.recordEvent();
            steps.countAdvance();
            countStep();
        }
        return due;
    }
}
