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
     * same each time: so a Task is found by it. A turn lasts until the thread waits, yields or ends. Everything here is used
     * by the runner and by the threads that it has mounted, so by one at a time, and needs no locks; all that comes from
     * outside (I/O, monitors, other threads) goes through the inbox.
     *
     * With nobody ready, in this order: who waits for something outside is waited for, in real time; who waits for all
     * others to come to rest goes on; the clock moves to the next timer; if there is none, who may be woken from outside,
     * though it waits for something inside, is waited for; else what is left waits for ever.
     */

    /// 2000-01-01T00:00:00Z, as in Go.
    private static final Instant BEGINNING = Instant.ofEpochSecond(GoferClock.EPOCH_SECOND);

    /// Whether waits of the JDK that ask for the time themselves are told that of the world.
    private static final boolean PLAIN_FOLLOWS = PlainClock.install();

    /// How long that takes, in nanoseconds of real time, before the clock may move meanwhile.
    private static final long MEANWHILE = TimeUnit.MILLISECONDS.toNanos(10);

    /// So many times the clock moves for somebody who waits until nothing moves any more: there may be a ticker.
    private static final int SETTLING = 1000;

    @Nullable Failure failure; // the first one
    @Nullable Task current; // has its turn
    @Nullable Task last; // had the last turn

    private final @Nullable StackTraceElement calledAt = callSite();
    private final IdentityHashMap<Runnable, Task> tasks = new IdentityHashMap<>();
    private final GoroutineNumbers numbers = new GoroutineNumbers();
    private int started;
    private @Nullable G starting;
    private int settling; // so many times more may the clock move for it
    private boolean sawOutside;
    private volatile boolean sawUnsteered; // the same, and it was no monitor
    private @Nullable String realWait; // who has waited by the real clock, and where
    private boolean mainOver;
    private volatile @Nullable Thread stranger; // the last one
    private volatile long turns; // read by who watches

    // What makes a loop that of a bubble, or of an exploration.

    /// A task has become ready.
    abstract void madeReady(Task task);

    /// The next one to have a turn, no longer ready; null if none is.
    abstract @Nullable Task next();

    /// What goroutines wait for outside takes its time, or is `unlikely` to come, and nobody else can go on. True if there is
    /// something else to do than to wait for it.
    abstract boolean outsideLasts(boolean unlikely);

    /// Whether time goes on, once more, when the main goroutine is over.
    abstract boolean mayLinger();

    /// All timers that are due, to be carried out in this order.
    abstract List<Runnable> order(List<Runnable> due);

    /// Where the program asks for a run; null if JUnit does.
    private static @Nullable StackTraceElement callSite() {
        StackTraceElement site = site();
        return site.getClassName().startsWith("org.junit.") ? null : site;
    }

    /// Runs `body` as the main goroutine until nothing can go on; then `failure` tells how it went. On the runner.
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

    /// Ends this run and all that would come. By who watches.
    final void stop() {
        stopped = true;
        inbox.nudge();
    }

    final boolean isStopped() {
        return stopped;
    }

    /// Whether the end of the main goroutine is the end.
    boolean isOver() {
        return mainOver && live.isEmpty();
    }

    final boolean isMainOver() {
        return mainOver;
    }

    /// Whether a plain virtual thread has run here.
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

    /// Moves the clock to the next timer.
    final void advance() {
        carryOut(order(clock.advance()));
    }

    /// Likewise; the channels of timers count, though nobody may wait for them.
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

    /// Nothing can go on.
    abstract void stuck(boolean mainOver);

    /// What those do that are left.
    final String dump() {
        forgetPlainThreadsThatEnded();
        return dump(GoroutineNumbers.threads(live), numbers.ofGoroutines(), GoroutineNumbers.ofOthers(live));
    }

    /// The numbers and names of those that are left.
    final String names() {
        forgetPlainThreadsThatEnded();
        return live.stream().map(Task::toString).collect(Collectors.joining(", "));
    }

    /// True if somebody may go on, or there is something else to do. What the real clock is known to bring is waited for
    /// however long that takes.
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

    /// Whether somebody has waited for something outside, which nobody can repeat.
    final boolean hasSeenOutside() {
        return sawOutside;
    }

    @Override
    protected final void strange(Thread thread) {
        stranger = thread;
    }

    /// A thread from elsewhere that has tried to use a channel made here, and could not.
    final @Nullable Thread stranger() {
        return stranger;
    }

    final void fail(Failure how) {
        if (failure == null) {
            failure = how;
        }
    }

    /// With a dump of what those do that are left.
    final void fail(Failure.Kind kind, String message) {
        fail(new Failure(kind, message, dump(), null));
    }

    private static Thread thread(Task task) {
        if (task.goroutine == null) {
            throw new IllegalStateException("only a goroutine can wait for the others");
        }
        return task.goroutine.thread();
    }

    /// What is not known here belongs to a run that is over.
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

    /// Whether it is known that the JVM is to make `task` ready at this point.
    boolean isExpected(Task task) {
        return false;
    }

    /// Before it is said who waits for what.
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
            if (!tellsOfMonitors(Thread.currentThread())) {
                sawUnsteered = true;
            }
            inbox.add(task);
        }
    }

    @Override
    public final ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        Task parked = Thread.currentThread().isVirtual() ? null : current; // if it is one, it has just left its thread
        return clock.schedule(parked == null || PLAIN_FOLLOWS ? task : () -> expire(parked, task), unit.toNanos(delay));
    }

    /// A park of `task` is over; but if it goes by the real clock, it will find that too little time has passed, and park again.
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

    /// Who has waited by the real clock, and where; null if nobody has.
    final @Nullable String realWait() {
        return realWait;
    }

    @Override
    protected final void starts(G goroutine) {
        starting = goroutine;
    }

    @Override
    protected final void ends(G goroutine) {
        Task task = current;
        if (task != null) {
            live.remove(task);
            tasks.remove(task.turn);
            over(task);
        }
    }

    /// A goroutine has ended.
    void over(Task task) {}

    @Override
    protected final void panic(G goroutine, Throwable thrown) {
        fail(new Failure(Failure.Kind.PANIC, numbers.panic(goroutine, thrown), "", thrown));
    }

    @Override
    protected void step(SyncPoint operation, Object object) {}

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // that is what it is for
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

    /// Waits until no other goroutine can go on; time stands still.
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

    /// How many turns there have been: if that does not grow, one does not come back.
    final long turns() {
        return turns;
    }

    /// Where in the program the goroutine is that has its turn.
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

    /// Who has its turn.
    final String whoseTurn() {
        Task task = current;
        return task == null || task.goroutine == null ? "a thread" : "goroutine " + task;
    }

    /// Why what has been run may go another way the next time, by the same choices; null if nothing is known to be in the
    /// way.
    final @Nullable String obstacle() {
        if (platform.isAny()) {
            return "platform threads were started, which cannot be steered";
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
