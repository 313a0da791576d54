package gofer.runtime.park;

import gofer.goroutine.Cancellation;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import gofer.runtime.base.InlineCallback;
import gofer.runtime.base.LockSleepers;
import gofer.runtime.base.ShortLock;
import gofer.runtime.sched.Scheduling;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One thread that waits for one event, or for the first of several. The only class that parks and unparks goroutines, except
/// for [gofer.runtime.sched.StarvationGuard], which delays an unpark.
///
/// It is the blocker object of the parked thread, so that dumps, ours and the JDK's, can say what the thread waits for.
public final class Sleeper {

    /*
     * A sleeper stands in one queue, or, in a select, in several, by one Waiter each.
     *
     * States of `outcome`
     *   null                 asleep
     *   one of its waiters   that operation is complete; its completer wrote the waiter's fields before the claim
     *   TIMED_OUT            the wait was called off by its deadline; no operation took place
     *   an exception         likewise by an interrupt, or by a failure; it is what the wait throws
     *   a CancelCallback               likewise by its cancellation, whose cause is what the wait throws
     *
     * The outcome is set once, by compare-and-set: so of several wakers, or of a waker and an interrupt, exactly one
     * wins. That is why a value is neither lost nor delivered twice: a waker that loses the claim still has its value
     * and goes to the next waiter; a wait that was called off never had one.
     *
     * A waker claims under the lock of the queue that it took the waiter from, and wakes after it has released the
     * lock. A sleeper that wakes to a completed operation needs no lock. If the wait was called off, or in a select,
     * its remaining waiters leave their queues, in constant time each. After that no waker can reach the sleeper, so
     * that it can be used again; a late unpark is no more than a spurious wake-up, which the loop here absorbs.
     */

    /// The deadline that never comes.
    public static final long NEVER = Long.MAX_VALUE;

    /// Tells when a sleeper should stop sleeping. Asked again after every wake-up, so it may move meanwhile.
    @FunctionalInterface
    public interface Deadline {

        /// A time of [Timers#now], or [#NEVER].
        long deadline();

        /// Likewise a time of [Timers#realNow], in a world, where that is another clock.
        default long realDeadline() {
            return NEVER;
        }
    }

    private static final Object TIMED_OUT = new Object();

    static final Deadline NO_DEADLINE = () -> NEVER;

    private static final VarHandle OUTCOME =
            ConstantBootstraps.fieldVarHandle(
                    MethodHandles.lookup(), "outcome", VarHandle.class, Sleeper.class, Object.class);

    private static final Sleeper WARM_UP = new Sleeper(WaitReason.NONE, "nothing");

    static {
        WARM_UP.outcome = TIMED_OUT;
        WARM_UP.thread = Thread.ofVirtual().unstarted(() -> {}); // not the one that happens to load this class
    }

    private final WaitReason reason;
    private final Object target; // what it waits for, for dumps
    private Thread thread = Thread.currentThread();
    private volatile @Nullable Object outcome; // CASed, see above
    private int sleep; // how often it was made ready again
    private int since = CoarseClock.now(); // when it was made ready; read by dumps
    private boolean timed; // has a deadline, as of the last time it parked
    private boolean cancellable; // has a cancellation, as of the last sleep

    /// A sleeper for the current thread, not asleep yet.
    public Sleeper(WaitReason reason, Object target) {
        this.reason = reason;
        this.target = target;
    }

    /// Makes it ready for another sleep, of the current thread. No waiter of it may stand in a queue.
    public void rearm() {
        thread = Thread.currentThread();
        sleep++;
        since = CoarseClock.now();
        outcome = null;
    }

    /// Ends the wait in favour of `winner`; false if it has already ended otherwise. Call [#wake] afterwards.
    public boolean claim(Waiter winner) {
        return OUTCOME.compareAndSet(this, null, winner);
    }

    /// Lets the thread look at its outcome and its deadline again.
    public void wake() {
        Tracing.woken(thread);
        Scheduling.unpark(thread);
    }

    /// Sleeps until the operation of `waiter`, the only one of this sleeper, is complete.
    ///
    /// Returns false if an interrupt, a cancellation or a failure came first: then the caller takes the waiter out of its queue
    /// and throws [#calledOff].
    public boolean sleep(Waiter waiter, @Nullable Cancellation cancellation) {
        return sleep(NO_DEADLINE, cancellation) == waiter;
    }

    /// Sleeps until one of its waiters is claimed, and returns that one.
    ///
    /// Returns null if the deadline, an interrupt, a cancellation or a failure came first: then the caller takes its waiters out
    /// of their queues and, unless it has [#timedOut], throws [#calledOff].
    public @Nullable Waiter sleep(Deadline deadline, @Nullable Cancellation cancellation) {
        cancellable = cancellation != null;
        if (cancellation == null) {
            return sleep(deadline);
        }
        CancelCallback callback = null;
        Cancellation.Registration registration = null;
        try {
            callback = new CancelCallback(cancellation);
            registration = cancellation.afterFunc(callback);
            World.calledOffBy(this, registration);
        } catch (Throwable broken) { // a context of the user's, or no memory: must not leave us in a queue
            callOff(broken);
        }
        try {
            return sleep(deadline);
        } finally {
            World.calledOffBy(this, null);
            if (callback != null) {
                callback.retire();
            }
            if (registration != null) {
                registration.stop();
            }
        }
    }

    private @Nullable Waiter sleep(Deadline deadline) {
        Probe probe = Probe.begin();
        WARM_UP.parkUntilOver(deadline);
        if (UnlistedSleepers.has(thread)) {
            parkNoted(deadline);
        } else {
            parkUntilOver(deadline);
        }
        if (probe != null) {
            probe.end(this, reason != WaitReason.SLEEP, outcomeText());
        }
        return outcome instanceof Waiter winner ? winner : null;
    }

    /// Returns when somebody has ended the sleep.
    ///
    /// The compiler leaves out branches that it has never seen taken, and a frame that takes one then is thrown back into
    /// the interpreter. In a crowd that has all fallen asleep before the first one wakes that would befall each of them,
    /// at several microseconds. So every sleep does this for [#WARM_UP], too: to come out of the loop is usual.
    private void parkUntilOver(Deadline deadline) {
        while (outcome == null) {
            try {
                parkOnce(deadline);
            } catch (Throwable refused) { // no memory for a timer: must not leave us in a queue
                callOff(refused);
            }
        }
    }

    /// The same, by a thread that dumps would not find otherwise.
    private void parkNoted(Deadline deadline) {
        WeakReference<Thread> note = null;
        try {
            note = UnlistedSleepers.enter(thread);
        } catch (Throwable refused) { // no memory: must not leave us in a queue
            callOff(refused);
        }
        parkUntilOver(deadline);
        if (note != null) {
            UnlistedSleepers.leave(note);
        }
    }

    private void parkOnce(Deadline deadline) {
        long until = deadline.deadline();
        long left = until == NEVER ? NEVER : until - Timers.now();
        long real = World.current() == null ? NEVER : deadline.realDeadline();
        if (thread.isInterrupted()) {
            callOff(new InterruptException(reason));
        } else if (left <= 0 || real != NEVER && real <= Timers.realNow()) {
            callOff(TIMED_OUT);
        } else {
            park(until, left, real);
        }
    }

    private String outcomeText() {
        return outcome instanceof Waiter ? "completed" : outcome == TIMED_OUT ? "timed out" : "called off";
    }

    /// A select is usually woken long before its deadline. Its thread is `WAITING` with and without one, in any world.
    private void park(long until, long left, long real) {
        timed = until != NEVER || real != NEVER;
        if (isForLock() && !timed && !cancellable) {
            parkForLock();
        } else if (!timed) {
            LockSupport.park(this);
        } else if ((reason == WaitReason.SELECT || real != NEVER) && World.current() instanceof World world) {
            world.park(this, left, real);
        } else if (reason == WaitReason.SELECT && Fiber.current() instanceof Fiber goroutine) {
            goroutine.wakeUp().by(until);
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, left);
        }
    }

    /// A method of its own, so that nothing is decided after the wake-up; see [#parkUntilOver].
    private void parkForLock() {
        LockSleepers.enter(thread);
        try {
            LockSupport.park(this);
        } finally {
            LockSleepers.leave(thread);
        }
    }

    /// What a cancellation runs. It may come when the sleep that it was to end is over, and this sleeper, used again, in the
    /// middle of another: so it may only act until it is retired.
    ///
    /// It does not ask for the cause: the sleeper does, so that an exception made by then has the sleeper's stack trace.
    private final class CancelCallback extends ShortLock implements InlineCallback {

        private final Cancellation cancellation;
        private boolean retired; // guarded by the lock

        CancelCallback(Cancellation cancellation) {
            this.cancellation = cancellation;
        }

        @Override
        public void run() {
            boolean ended;
            acquire();
            try {
                ended = !retired && OUTCOME.compareAndSet(Sleeper.this, null, this);
            } finally {
                release();
            }
            if (ended) {
                wake();
            }
        }

        void retire() {
            acquire();
            try {
                retired = true;
            } finally {
                release();
            }
        }
    }

    /// Ends the wait of the current thread, unless somebody has ended it.
    private void callOff(Object how) {
        OUTCOME.compareAndSet(this, null, how);
    }

    private static RuntimeException causeOf(Cancellation cancellation) {
        RuntimeException cause = ask(cancellation);
        return cause != null ? cause : new IllegalStateException(cancellation + " ran afterFunc without a cause");
    }

    /// Whether the deadline ended the sleep.
    public boolean timedOut() {
        return outcome == TIMED_OUT;
    }

    /// What to throw after an interrupt, a cancellation or a failure ended the sleep; throws it itself if it is an [Error].
    public RuntimeException calledOff() {
        Object end = Objects.requireNonNull(outcome);
        if (end instanceof Error error) {
            throw error;
        }
        return end instanceof CancelCallback callback ? causeOf(callback.cancellation) : (RuntimeException) end;
    }

    /// Sleeps until interrupted or cancelled, and returns what to throw then.
    public static RuntimeException sleepForEver(WaitReason reason, Object target, @Nullable Cancellation cancellation) {
        Sleeper sleeper = new Sleeper(reason, target);
        sleeper.sleep(NO_DEADLINE, cancellation);
        return sleeper.calledOff();
    }

    /// Sleeps until a time of [Timers#now]; throws if interrupted.
    public static void sleepUntil(long deadline) {
        Sleeper sleeper = new Sleeper(WaitReason.SLEEP, "the clock");
        sleeper.sleep(() -> deadline);
        if (!sleeper.timedOut()) {
            throw sleeper.calledOff();
        }
    }

    /// Throws if `cancellation` has been cancelled: that wins even over an operation that could go ahead.
    public static void check(@Nullable Cancellation cancellation) {
        if (cancellation != null && ask(cancellation) instanceof RuntimeException cause) {
            throw cause;
        }
    }

    /// Asks for the cause in the middle of an operation, which has had its point in a world.
    private static @Nullable RuntimeException ask(Cancellation cancellation) {
        Fiber goroutine = World.current() == null ? null : Fiber.current();
        if (goroutine == null) {
            return cancellation.cause();
        }
        boolean before = goroutine.operating;
        goroutine.operating = true;
        try {
            return cancellation.cause();
        } finally {
            goroutine.operating = before;
        }
    }

    /// Which of its sleeps this is.
    public int sleep() {
        return sleep;
    }

    /// Whether its thread is parked, without a deadline, and nobody has woken it.
    public boolean sleepsForEver() {
        return outcome == null && thread.getState() == Thread.State.WAITING && !timed;
    }

    /// Whether its thread is parked for a lock and nothing else: no deadline, no cancellation.
    public boolean sleepsForLock() {
        return isForLock() && sleepsForEver() && !cancellable;
    }

    private boolean isForLock() {
        return switch (reason) {
            case MUTEX_LOCK, RWMUTEX_LOCK, RWMUTEX_RLOCK, SEMAPHORE_ACQUIRE -> target instanceof Awaited;
            default -> false;
        };
    }

    /// The lock that it waits for.
    public WaitTarget lock() {
        return waits().getFirst().target();
    }

    /// Why the thread sleeps.
    public WaitReason reason() {
        return reason;
    }

    /// Who sleeps.
    public Thread thread() {
        return thread;
    }

    /// What it waits for: several things in a select, nothing that could be shown in a sleep.
    public List<WaitEdge> waits() {
        return target instanceof Awaited awaited ? awaited.waits(reason) : List.of();
    }

    /// What it waits for, as text.
    String targetText() {
        return target instanceof WaitTarget thing ? thing.title() : target.toString();
    }

    /// For how long it has.
    public Duration time() {
        return CoarseClock.since(since);
    }

    @Override
    public String toString() {
        return reason + " on " + target;
    }
}
