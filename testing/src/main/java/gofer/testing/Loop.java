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
abstract class Loop extends OuterWorld {

    /*
     * The JDK calls `execute` whenever a virtual thread becomes ready, with an object that stands for that thread and is the
     * same each time. This object identifies the Task. A turn lasts until the thread waits, yields or ends. Only the runner and
     * the threads that it has mounted use the state here, one at a time, so it needs no locks. Everything from outside (I/O,
     * monitors, other threads) goes through the inbox.
     *
     * If no task is ready, the loop takes the first of these steps that applies:
     *
     * 1. If a goroutine waits for something outside, the loop waits for that in real time.
     * 2. If a goroutine waits for all others to block, it continues.
     * 3. If there is a timer, the clock advances to it.
     * 4. If a goroutine waits for something inside that a thread outside may end, the loop waits for that.
     * 5. The remaining goroutines are blocked forever.
     */

    /// 2000-01-01T00:00:00Z, as in Go.
    private static final Instant BEGINNING = Instant.ofEpochSecond(GoferClock.EPOCH_SECOND);

    /// Whether waits of the JDK that read the time themselves see the time of the world.
    private static final boolean PLAIN_FOLLOWS = PlainClock.install();

    /// How long a wait for something outside may take, in nanoseconds of real time, before the clock may advance.
    private static final long MEANWHILE = TimeUnit.MILLISECONDS.toNanos(10);

    /// How often the clock may advance for [#settle]. There must be a limit, since there may be a ticker.
    private static final int SETTLING = 1000;

    @Nullable Failure failure; // the first one
    @Nullable Task current; // has its turn
    @Nullable Task last; // had the last turn

    private final @Nullable StackTraceElement calledAt = callSite();
    private final IdentityHashMap<Runnable, Task> tasks = new IdentityHashMap<>();
    private final GoroutineNumbers numbers = new GoroutineNumbers();
    private int started;
    private @Nullable G starting;
    private int settling; // how often the clock may still advance for `waiter`
    private boolean sawOutside;
    private volatile boolean sawUnsteered; // a goroutine waited for something outside other than a monitor
    private @Nullable String realWait; // describes the last wait on the real clock
    private boolean mainOver;
    private volatile @Nullable Thread stranger; // the last one
    private volatile long turns; // read by the watching thread

    // What differs between a bubble and an exploration.

    /// Called when a task has become ready.
    abstract void madeReady(Task task);

    /// Returns the next task to run, which is then not ready any more; null if none is ready.
    abstract @Nullable Task next();

    /// Called when no goroutine can run and a wait for something outside takes long, or is `unlikely` to end. Returns true if
    /// the loop has something else to do than to wait for it.
    abstract boolean outsideLasts(boolean unlikely);

    /// Returns whether time may pass once more after the main goroutine has ended.
    abstract boolean mayLinger();

    /// Returns the timers of `due` in the order in which they are to run.
    abstract List<Runnable> order(List<Runnable> due);

    /// Returns the place in the program that starts the run; null if JUnit starts it.
    private static @Nullable StackTraceElement callSite() {
        StackTraceElement site = site();
        return site.getClassName().startsWith("org.junit.") ? null : site;
    }

    /// Runs `body` as the main goroutine until no goroutine can continue. Then `failure` holds the result. Called on the
    /// runner.
    final void run(Body body) {
        begin();
        Goroutines.startAt(calledAt, "main", body, () -> mainOver = true);
        try {
            while (failure == null && !stopped && !isOver()) {
                receive();
                carryOut(order(clock.due()));
                Task task = next();
                if (task != null) {
                    turn(task);
                } else if (failure != null || isOver() || !idle()) {
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
            if (plain > 0) {
                abandonPlainThreads();
            }
        }
    }

    /// Ends this run, and prevents later ones. Called by the watching thread.
    final void stop() {
        stopped = true;
        inbox.nudge();
    }

    final boolean isStopped() {
        return stopped;
    }

    /// Returns whether the run is over.
    boolean isOver() {
        return mainOver && live.isEmpty();
    }

    final boolean isMainOver() {
        return mainOver;
    }

    /// Returns whether a plain virtual thread has run here.
    final boolean hasSeenPlainThreads() {
        return plain > 0;
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
        started = 0;
        plain = 0;
        mainOver = false;
        sawOutside = false;
        platform.begin();
        sawUnsteered = false;
        stranger = null;
        realWait = null;
        forgetGoroutines();
    }

    final void turn(Task task) {
        current = task;
        task.begun = true;
        last = task;
        turns = turns + 1;
        task.turn.run();
        current = null;
    }

    private void carryOut(List<Runnable> due) {
        due.forEach(Runnable::run);
    }

    /// Advances the clock to the next timer.
    final void advance() {
        carryOut(order(clock.advance()));
    }

    /// Advances the clock to the next timer, or to the next time at which the channel of a timer becomes ready, even if no
    /// goroutine waits for it.
    final void advanceToAny() {
        carryOut(order(clock.advance(clock.leftToAny())));
    }

    private boolean idle() {
        if (isAnyOutside()) {
            sawOutside = true;
            return awaitOutside(OutsideTimeout.SURE);
        }
        boolean canAdvance = !clock.isEmpty() && (!mainOver || mayLinger());
        Task waiting = waiter;
        if (waiting != null && !(canAdvance && settling-- > 0)) {
            waiter = null;
            LockSupport.unpark(thread(waiting));
            return true;
        }
        if (canAdvance) {
            advance();
            return true;
        }
        forgetPlainThreadsThatEnded();
        return !live.isEmpty() && awaitOutside(hope());
    }

    /// Called when no goroutine can continue.
    abstract void stuck(boolean mainOver);

    /// Describes what the remaining threads do.
    final String dump() {
        forgetPlainThreadsThatEnded();
        return dump(GoroutineNumbers.threads(live), numbers.ofGoroutines(), GoroutineNumbers.ofOthers(live));
    }

    /// Returns the numbers and names of the remaining threads.
    final String names() {
        forgetPlainThreadsThatEnded();
        return live.stream().map(Task::toString).collect(Collectors.joining(", "));
    }

    /// Waits for something outside. Returns true if a task may run, or if there is something else to do. Waits that the real
    /// clock ends are waited for however long they take.
    private boolean awaitOutside(OutsideTimeout hope) {
        if (hope == OutsideTimeout.SURE) {
            platform.look();
        }
        long start = System.nanoTime();
        long due = leftByRealClock(threads());
        while (inbox.isEmpty() && !isAnyReady() && !stopped) {
            long waited = System.nanoTime() - start;
            boolean unlikely = hope == OutsideTimeout.SURE && waited > MEANWHILE && isUnlikely();
            if (hope.lasts && waited > MEANWHILE && outsideLasts(unlikely)) {
                return true;
            }
            if (waited - due > (unlikely ? OutsideTimeout.LITTLE : hope).patience) {
                beforeDump();
                if (hope == OutsideTimeout.SURE) {
                    fail(Failure.Kind.OUTSIDE, OutsideTimeout.given(unlikely));
                } else {
                    stuck(mainOver);
                }
                return false;
            }
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(1));
        }
        return true;
    }

    /// Returns whether a goroutine has waited for something outside, which cannot be repeated.
    final boolean hasSeenOutside() {
        return sawOutside;
    }

    @Override
    protected final void onOutsideUse(Thread thread) {
        stranger = thread;
    }

    /// Returns a thread from outside that tried to use a channel made here and could not; null if there was none.
    final @Nullable Thread stranger() {
        return stranger;
    }

    final void fail(Failure how) {
        if (failure == null) {
            failure = how;
        }
    }

    /// Fails with a dump of what the remaining threads do.
    final void fail(Failure.Kind kind, String message) {
        fail(new Failure(kind, message, dump(), null));
    }

    private static Thread thread(Task task) {
        if (task.goroutine == null) {
            throw new IllegalStateException("only a goroutine can wait for the others");
        }
        return task.goroutine.thread();
    }

    /// Takes in what has come from outside. A turn of an unknown task belongs to an earlier run.
    final void receive() {
        for (Runnable turn = inbox.poll(); turn != null; turn = inbox.poll()) {
            if (tasks.get(turn) instanceof Task task) {
                sawOutside |= !isExpected(task);
                admit(turn);
            } else if (inbox.isVisit(turn)) {
                sawOutside = true;
                turn.run();
            }
        }
    }

    /// Returns whether the JVM is known to make `task` ready at this moment.
    boolean isExpected(Task task) {
        return false;
    }

    /// Called before the dump of the remaining threads.
    void beforeDump() {}

    private void admit(Runnable turn) {
        Task task = tasks.get(turn);
        if (task == null) {
            G goroutine = starting;
            starting = null;
            task = new Task(++started, goroutine, turn);
            task.starter = current;
            task.startedAt = current == null ? 0 : current.stepped;
            tasks.put(turn, task);
            live.add(task);
            plain += goroutine == null ? 1 : 0;
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
            admit(task);
        } else {
            if (!isMonitorUnblocker(Thread.currentThread())) {
                sawUnsteered = true;
            }
            inbox.add(task);
        }
    }

    @Override
    public final ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        Task parked = Thread.currentThread().isVirtual() ? null : current; // a plain virtual thread has just unmounted
        return clock.schedule(parked == null || PLAIN_FOLLOWS ? task : () -> expire(parked, task), unit.toNanos(delay));
    }

    /// Ends a park of `task`. If the thread waits on the real clock, it will find that too little time has passed, and park
    /// again.
    private void expire(Task task, Runnable wakeUp) {
        if (task.goroutine == null && task.thread == null) {
            forgetPlainThreadsThatEnded();
        }
        if (task.knownThread() instanceof Thread thread && PlainClock.site(thread) instanceof StackTraceElement site) {
            goesByTheRealClock((task.goroutine != null ? "goroutine " + task : "a virtual thread") + " at " + site);
        }
        wakeUp.run();
    }

    private void goesByTheRealClock(String wait) {
        realWait = wait;
        if (live.stream().noneMatch(task -> task.ready)) {
            fail(Failure.Kind.OUTSIDE, "all goroutines are blocked; " + PlainClock.explain(wait));
        }
    }

    /// Describes the last wait on the real clock; null if there was none.
    final @Nullable String realWait() {
        return realWait;
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
            over(task);
        }
    }

    /// Called when a goroutine has ended.
    void over(Task task) {}

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
        return BEGINNING;
    }

    /// Waits until no other goroutine can continue. The clock does not advance.
    final void await() {
        rest(0);
    }

    @Override
    public final void settle() {
        rest(SETTLING);
    }

    private void rest(int moves) {
        if (waiter != null) {
            throw new IllegalStateException("wait already in progress");
        }
        Task me = current;
        if (me == null || me.goroutine == null) {
            throw new IllegalStateException("only a goroutine can wait for the others");
        }
        waiter = me;
        settling = moves;
        while (waiter == me) {
            LockSupport.park(this);
        }
    }

    /// Returns the number of turns so far. If it does not grow, a turn does not end.
    final long turns() {
        return turns;
    }

    /// Returns the stack, within the program, of the goroutine that has its turn.
    final StackTraceElement[] whereItIs() {
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
    final String whoseTurn() {
        Task task = current;
        return task == null || task.goroutine == null ? "a thread" : "goroutine " + task;
    }

    /// Returns why another run with the same choices may behave differently; null if no reason is known.
    final @Nullable String obstacle() {
        if (platform.isAny()) {
            return "platform threads were started, which cannot be controlled";
        }
        if (stranger != null) {
            return "a thread that is not under control used a channel";
        }
        if (realWait != null) {
            return "there was a wait in real time";
        }
        return sawUnsteered ? "goroutines waited for I/O, or for threads that are not under control" : null;
    }
}
