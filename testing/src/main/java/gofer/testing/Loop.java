package gofer.testing;

import gofer.goroutine.Body;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.goroutine.G;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.park.World;
import gofer.testing.agent.GoferClock;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A world that runs its goroutines one after the other on one thread, in virtual time.
abstract class Loop extends OpenWorld {

    /*
     * The JDK calls `execute` whenever a virtual thread becomes ready. It always passes the same object for the same thread.
     * This object identifies the Task. A turn lasts until the thread waits, yields or ends. Only the runner and the threads
     * that it has mounted use the state here, one at a time, so the state needs no locks. Everything from outside (I/O,
     * monitors, other threads) goes through the inbox.
     *
     * If no task is ready, the loop takes the first of these steps that applies:
     *
     * 1. If a goroutine waits for something outside, the loop waits for that in real time.
     * 2. If a goroutine waits for all others to block, it continues.
     * 3. If there is a timer, the clock advances to it.
     * 4. If a thread outside may end a wait for something inside, the loop waits for that.
     * 5. The remaining goroutines are blocked forever.
     */

    /// 2000-01-01T00:00:00Z, as in Go.
    private static final Instant START = Instant.ofEpochSecond(GoferClock.EPOCH_SECOND);

    /// Whether timed waits of the JDK see virtual time. They read the clock themselves.
    private static final boolean IS_JDK_TIME_VIRTUAL = PlainClock.install();

    /// The real time, in nanoseconds, after which the clock may advance during a wait for something outside.
    private static final long ADVANCE_DELAY = TimeUnit.MILLISECONDS.toNanos(10);

    /// The maximum number of advances of the clock for [#settle]. A ticker would advance it forever.
    private static final int MAX_SETTLE_ADVANCES = 1000;

    @Nullable Failure failure; // the first one
    @Nullable Task current; // has its turn
    @Nullable Task last; // had the last turn

    private final @Nullable StackTraceElement calledAt = callSite();
    private final IdentityHashMap<Runnable, Task> tasks = new IdentityHashMap<>();
    private final GoroutineNumbers numbers = new GoroutineNumbers();
    private int taskCount;
    private @Nullable G starting;
    private int settleAdvances; // the remaining advances of the clock for `waiter`
    private boolean mainEnded;
    private volatile long turns; // read by the watchdog

    final OutsideEffects effects = new OutsideEffects();

    // The differences between a bubble and an exploration:

    /// Called when a task has become ready.
    abstract void madeReady(Task task);

    /// Returns the next task to run, and marks it as not ready. Returns null if no task is ready.
    abstract @Nullable Task next();

    /// Called when no goroutine can run and a wait for something outside takes long, or is `unlikely` to end. Returns true if
    /// the loop can do something else in the meantime.
    abstract boolean continueMeanwhile(boolean unlikely);

    /// Returns whether the clock may advance again after the main goroutine has ended.
    abstract boolean mayAdvanceAfterMain();

    /// Returns the timers of `due` in the order in which they run.
    abstract List<Runnable> order(List<Runnable> due);

    /// Returns the place in the program that starts the run; null if JUnit starts it.
    private static @Nullable StackTraceElement callSite() {
        StackTraceElement site = site();
        return site.getClassName().startsWith("org.junit.") ? null : site;
    }

    /// Runs `body` as the main goroutine until no goroutine can continue. Then `failure` is the result. Called on the runner.
    final void run(Body body) {
        begin();
        Goroutines.startAt(calledAt, "main", body, () -> mainEnded = true);
        try {
            while (failure == null && !stopped && !hasEnded()) {
                receive();
                runAll(order(clock.due()));
                Task task = next();
                if (task != null) {
                    turn(task);
                } else if (failure != null || hasEnded() || !idle()) {
                    break;
                }
            }
        } finally {
            platform.end();
            live.forEach(task -> {
                if (task.goroutine != null) {
                    abandon(task.goroutine);
                }
            });
            if (plainCount > 0) {
                abandonPlainThreads();
            }
        }
    }

    /// Ends this run, and prevents later ones. Called by the watchdog.
    final void stop() {
        stopped = true;
        inbox.wakeReader();
    }

    final boolean isStopped() {
        return stopped;
    }

    /// Returns whether the run has ended.
    boolean hasEnded() {
        return mainEnded && live.isEmpty();
    }

    final boolean hasMainEnded() {
        return mainEnded;
    }

    /// Returns whether a plain virtual thread has run here.
    final boolean hasRunPlainThreads() {
        return plainCount > 0;
    }

    void begin() {
        clock = new VirtualClock();
        live.clear();
        tasks.clear();
        numbers.clear();
        inbox.clear();
        failure = null;
        current = null;
        last = null;
        waiter = null;
        taskCount = 0;
        plainCount = 0;
        mainEnded = false;
        platform.begin();
        effects.clear();
        forgetGoroutines();
    }

    final void turn(Task task) {
        current = task;
        task.hasRun = true;
        last = task;
        turns = turns + 1;
        task.turn.run();
        current = null;
    }

    private void runAll(List<Runnable> due) {
        due.forEach(Runnable::run);
    }

    /// Advances the clock to the next timer.
    final void advance() {
        runAll(order(clock.advance()));
    }

    /// Advances the clock to the next timer, or to the next time at which the channel of a timer becomes ready, even if no
    /// goroutine waits for it.
    final void advanceToAny() {
        runAll(order(clock.advance(clock.timeToAny())));
    }

    private boolean idle() {
        if (isAnyWaitingForOutside()) {
            effects.addWait(isAnyEntering());
            return awaitOutside(OutsideTimeout.EXPECTED);
        }
        boolean canAdvance = !clock.isEmpty() && (!mainEnded || mayAdvanceAfterMain());
        Task waiting = waiter;
        if (waiting != null && !(canAdvance && settleAdvances-- > 0)) {
            waiter = null;
            LockSupport.unpark(thread(waiting));
            return true;
        }
        if (canAdvance) {
            advance();
            return true;
        }
        removeEndedPlainThreads();
        return !live.isEmpty() && awaitOutside(timeout());
    }

    /// Called when no goroutine can continue.
    abstract void stuck(boolean mainEnded);

    /// Returns a dump of the remaining threads.
    final String dump() {
        removeEndedPlainThreads();
        return dump(GoroutineNumbers.threads(live), numbers.ofGoroutines(), GoroutineNumbers.ofOthers(live));
    }

    /// Returns the numbers and names of the remaining threads.
    final String names() {
        removeEndedPlainThreads();
        return live.stream().map(Task::toString).collect(Collectors.joining(", "));
    }

    /// Waits for something outside. Returns true if a task may run, or if there is something else to do. The timeout begins
    /// after the last known time at which the real clock ends a wait.
    private boolean awaitOutside(OutsideTimeout timeout) {
        if (timeout == OutsideTimeout.EXPECTED) {
            platform.recordStarted();
        }
        long start = System.nanoTime();
        long due = leftByRealClock(threads());
        while (inbox.isEmpty() && !isAnyReady() && !stopped) {
            long waited = System.nanoTime() - start;
            boolean unlikely = timeout == OutsideTimeout.EXPECTED && waited > ADVANCE_DELAY && isWakeUpUnlikely();
            if (timeout.isLong && waited > ADVANCE_DELAY && continueMeanwhile(unlikely)) {
                return true;
            }
            if (waited - due > (unlikely ? OutsideTimeout.UNLIKELY : timeout).nanos) {
                beforeDump();
                if (timeout == OutsideTimeout.EXPECTED) {
                    fail(Failure.Kind.OUTSIDE, OutsideTimeout.message(unlikely));
                } else {
                    stuck(mainEnded);
                }
                return false;
            }
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(1));
        }
        return true;
    }

    @Override
    protected final void onOutsideUse(Thread thread) {
        effects.addForeignThread(thread);
    }

    final void fail(Failure with) {
        if (failure == null) {
            failure = with;
        }
    }

    /// Fails with a dump of the remaining threads.
    final void fail(Failure.Kind kind, String message) {
        fail(new Failure(kind, message, dump(), null));
    }

    private static Thread thread(Task task) {
        if (task.goroutine == null) {
            throw new IllegalStateException("only a goroutine can wait for the others");
        }
        return task.goroutine.thread();
    }

    /// Processes the inbox. A turn of an unknown task belongs to an earlier run.
    final void receive() {
        for (Runnable turn = inbox.poll(); turn != null; turn = inbox.poll()) {
            if (tasks.get(turn) instanceof Task task) {
                if (!isExpected(task)) {
                    effects.addWait();
                }
                makeReady(turn);
            } else if (inbox.isOfThisRun(turn)) {
                effects.addWait();
                turn.run();
            }
        }
    }

    /// Returns whether the JVM always makes `task` ready at this step of the schedule.
    boolean isExpected(Task task) {
        return false;
    }

    /// Called before the dump of the remaining threads.
    void beforeDump() {}

    private void makeReady(Runnable turn) {
        Task task = tasks.get(turn);
        if (task == null) {
            G goroutine = starting;
            starting = null;
            task = new Task(++taskCount, goroutine, turn);
            task.starter = current;
            task.starterSteps = current == null ? 0 : current.steps;
            tasks.put(turn, task);
            live.add(task);
            created(task);
            plainCount += goroutine == null ? 1 : 0;
            if (goroutine != null) {
                numbers.add(goroutine, task.number);
            }
        }
        if (!task.ready) {
            task.ready = true;
            madeReady(task);
        }
    }

    @Override
    public final void execute(Runnable task) {
        if (World.current() == this) {
            makeReady(task);
        } else {
            if (!isMonitorUnblocker(Thread.currentThread())) {
                effects.addUncontrolledWait();
            }
            inbox.add(task);
        }
    }

    @Override
    public final ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        Task parked = Thread.currentThread().isVirtual() ? null : current; // a plain virtual thread has just unmounted
        return clock.schedule(
                parked == null || IS_JDK_TIME_VIRTUAL ? task : () -> endPark(parked, task), unit.toNanos(delay));
    }

    /// Ends a park of `task`. If the thread waits on the real clock, it finds that too little time has passed, and parks again.
    private void endPark(Task task, Runnable wakeUp) {
        if (task.goroutine == null && task.thread == null) {
            removeEndedPlainThreads();
        }
        if (task.knownThread() instanceof Thread thread && PlainClock.site(thread) instanceof StackTraceElement site) {
            reportRealWait((task.goroutine != null ? "goroutine " + task : "a virtual thread") + " at " + site);
        }
        wakeUp.run();
    }

    private void reportRealWait(String wait) {
        effects.addRealWait(wait);
        if (live.stream().noneMatch(task -> task.ready)) {
            fail(Failure.Kind.OUTSIDE, "all goroutines are blocked; " + PlainClock.explain(wait));
        }
    }

    @Override
    protected final void onStart(G goroutine) {
        starting = goroutine;
    }

    @Override
    protected final void onEnd(G goroutine) {
        Task task = current;
        if (task != null) {
            live.remove(task);
            tasks.remove(task.turn);
            ended(task);
        }
    }

    /// Called when a task has been created, by its starter.
    void created(Task task) {}

    /// Called when a goroutine has ended.
    void ended(Task task) {}

    @Override
    protected final void onPanic(G goroutine, Throwable thrown) {
        fail(new Failure(Failure.Kind.PANIC, numbers.panic(goroutine, thrown), "", thrown));
    }

    @Override
    protected void step(SyncPoint operation, Object object) {}

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // yielding is the purpose
    public void yieldNow() {
        Task task = current;
        if (task != null) {
            task.yielded = true;
            task.operation = SyncPoint.YIELD;
            task.object = null;
        }
        Thread.yield();
    }

    @Override
    protected final long now() {
        return clock.now();
    }

    @Override
    protected final Instant beginning() {
        return START;
    }

    /// Waits until no other goroutine can continue. The clock does not advance.
    final void await() {
        waitForOthers(0);
    }

    @Override
    public final void settle() {
        waitForOthers(MAX_SETTLE_ADVANCES);
    }

    private void waitForOthers(int advances) {
        if (waiter != null) {
            throw new IllegalStateException("wait already in progress");
        }
        Task me = current;
        if (me == null || me.goroutine == null) {
            throw new IllegalStateException("only a goroutine can wait for the others");
        }
        waiter = me;
        settleAdvances = advances;
        while (waiter == me) {
            LockSupport.park(this);
        }
    }

    /// Returns the number of turns so far. As long as a turn does not end, it does not grow.
    final long turns() {
        return turns;
    }

    /// Returns the stack, within the program, of the goroutine that has its turn.
    final StackTraceElement[] currentStack() {
        Task task = current;
        return task != null && task.goroutine != null
                ? ofProgram(task.goroutine.thread().getStackTrace())
                : new StackTraceElement[0];
    }

    /// See [gofer.runtime.watch.ControlledWorld#ofProgram].
    static StackTraceElement[] programOf(StackTraceElement[] stack) {
        return ofProgram(stack);
    }

    /// Names the thread that has its turn.
    final String currentName() {
        Task task = current;
        return task == null || task.goroutine == null ? "a thread" : "goroutine " + task;
    }

    /// Returns why another run with the same choices may behave differently; null if no reason is known.
    final @Nullable String obstacle() {
        if (platform.isAny()) {
            return "platform threads were started, which cannot be controlled";
        }
        return effects.obstacle();
    }
}
