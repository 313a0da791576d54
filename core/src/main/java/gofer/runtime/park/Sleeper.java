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

/// A thread that waits for one event, or for the first of several. The only class that parks and unparks goroutines, except
/// for [gofer.runtime.sched.StarvationGuard], which delays an unpark.
///
/// It is also the waiter of a wait in one queue: one object is faster than two. A select has a waiter for each queue.
///
/// It is the blocker object of the parked thread. So dumps, Gofer's and the JDK's, can show what the thread waits for.
public class Sleeper extends Waiter {

    /*
     * A sleeper is in one queue or, in a select, has a Waiter in each of several queues.
     *
     * States of `outcome`
     *   null                 asleep
     *   one of its waiters   that operation is complete; its completer wrote the waiter's fields before the claim
     *   TIMED_OUT            the wait was called off by its deadline; no operation took place
     *   an exception         the wait was called off by an interrupt or a failure; the wait throws this exception
     *   a CancelCallback     the wait was called off by its cancellation; the wait throws the cause of that
     *
     * The outcome is set once, by compare-and-set. So of several wakers, or of a waker and an interrupt, exactly one wins.
     * That is why no value is lost or delivered twice: a waker that loses the claim still has its value and tries the next
     * waiter, and a wait that was called off never had one.
     *
     * A waker claims under the lock of the waiter's queue, and wakes after it has released the lock. A sleeper whose
     * operation is complete when it wakes needs no lock. If the wait was called off, or in a select, the remaining
     * waiters leave their queues, each in constant time. After that no waker can reach the sleeper, so it can be used
     * again. A late unpark is only a spurious wake-up, which the loop here absorbs.
     */

    /// A deadline that never comes.
    public static final long NEVER = Long.MAX_VALUE;

    /// The time at which a sleep should end. It is computed again after each wake-up, so it may change meanwhile.
    @FunctionalInterface
    public interface Deadline {

        /// Returns a time of [Timers#now], or [#NEVER].
        long deadline();

        /// Returns a time of [Timers#realNow], or [#NEVER]. Used in a world, where that is another clock.
        default long realDeadline() {
            return NEVER;
        }
    }

    private static final boolean SPINS = Spins.INSTANCE.areAllowed();

    private static final Object TIMED_OUT = new Object();

    static final Deadline NO_DEADLINE = () -> NEVER;

    private static final VarHandle OUTCOME =
            ConstantBootstraps.fieldVarHandle(
                    MethodHandles.lookup(), "outcome", VarHandle.class, Sleeper.class, Object.class);

    private static final Sleeper WARM_UP = new Sleeper(WaitReason.NONE, "nothing");

    static {
        WARM_UP.outcome = TIMED_OUT;
        WARM_UP.thread = Thread.ofVirtual().unstarted(() -> {}); // not the thread that happens to load this class
    }

    private final WaitReason reason;
    private final Object target; // what it waits for, for dumps
    private Thread thread = Thread.currentThread();
    private volatile @Nullable Object outcome; // changed by compare-and-set, see above
    private volatile boolean mayPark; // otherwise the thread need not be woken; used only with SPINS
    private int sleep; // how many times it was rearmed
    private int since = CoarseClock.now(); // when it was armed; read by dumps
    private boolean timed; // has a deadline, as of the last time it parked
    private boolean cancellable; // has a cancellation, as of the last sleep

    /// Creates a sleeper for the current thread, not asleep yet.
    public Sleeper(WaitReason reason, Object target) {
        this.reason = reason;
        this.target = target;
    }

    /// Prepares for another sleep, of the current thread. No waiter of this sleeper may be in a queue.
    public void rearm() {
        thread = Thread.currentThread();
        sleep++;
        since = CoarseClock.now();
        if (SPINS) {
            mayPark = false;
        }
        outcome = null;
    }

    /// Ends the wait in favour of `winner`. Returns false if it has ended already. The caller calls [#wake] afterwards.
    public boolean claim(Waiter winner) {
        if (HappensBefore.isRecorded() && outcome == null) {
            HappensBefore.release(this);
        }
        return claimForLock(winner);
    }

    /// Like [#claim], for a lock that has edges of its own: the caller may be a thread that has given up, which orders nothing.
    public boolean claimForLock(Waiter winner) {
        return OUTCOME.compareAndSet(this, null, winner);
    }

    /// Makes the thread see that its sleep has ended.
    public void wake() {
        Tracing.woken(thread);
        if (!SPINS || mayPark) { // a thread that spins now checks the outcome again before it parks
            Scheduling.unpark(thread);
        }
    }

    /// Returns whether nothing has ended the sleep so far.
    public boolean isAsleep() {
        return outcome == null;
    }

    /// Sleeps until a waiter of this sleeper is claimed, and returns that waiter.
    ///
    /// Returns null if the deadline, an interrupt, a cancellation or a failure came first. Then the caller takes the
    /// waiters out of their queues and, unless the sleep [#timedOut], throws [#calledOff].
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
            World.recordRegistration(this, registration);
        } catch (Throwable broken) { // by a user's context, or no memory: the waiter must leave its queue
            callOff(broken);
        }
        try {
            return sleep(deadline);
        } finally {
            World.recordRegistration(this, null);
            if (callback != null) {
                callback.retire();
            }
            if (registration != null) {
                registration.stop();
            }
        }
    }

    private @Nullable Waiter sleep(Deadline deadline) {
        Probe probe = Probe.begin(this);
        if (!(SPINS && endsWhileSpinning())) {
            park(deadline);
        }
        if (probe != null) {
            probe.end(this, reason != WaitReason.SLEEP, outcomeText());
        }
        if (!(outcome instanceof Waiter winner)) {
            return null;
        }
        HappensBefore.acquire(this);
        return winner;
    }

    /// Spins, if that is worth it. Returns whether the sleep has ended. Otherwise, from now on a waker wakes the thread.
    private boolean endsWhileSpinning() {
        Spins.INSTANCE.spin(this, reason, target);
        if (outcome != null) {
            return true;
        }
        mayPark = true;
        return false;
    }

    private void park(Deadline deadline) {
        WARM_UP.parkUntilOver(deadline);
        if (UnlistedSleepers.mustRecord(thread)) {
            parkRecorded(deadline);
        } else {
            parkUntilOver(deadline);
        }
    }

    /// Returns when the sleep has ended.
    ///
    /// The compiler omits branches that it has never seen taken, and a frame that takes one falls back to the interpreter. If
    /// many goroutines fall asleep before the first one wakes, that happens to each, and costs several microseconds each time.
    /// So every sleep also runs this method for [#WARM_UP], so that leaving the loop is common.
    private void parkUntilOver(Deadline deadline) {
        while (outcome == null) {
            try {
                parkOnce(deadline);
            } catch (Throwable refused) { // no memory for a timer: the waiter must leave its queue
                callOff(refused);
            }
        }
    }

    /// Like [#parkUntilOver], for a thread that dumps would not find otherwise.
    private void parkRecorded(Deadline deadline) {
        WeakReference<Thread> entry = null;
        try {
            entry = UnlistedSleepers.enter(thread);
        } catch (Throwable refused) { // no memory: the waiter must leave its queue
            callOff(refused);
        }
        parkUntilOver(deadline);
        if (entry != null) {
            UnlistedSleepers.leave(entry);
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

    /// A select is usually woken long before its deadline. Its thread is `WAITING` with and without a deadline, in any world.
    private void park(long until, long left, long real) {
        timed = until != NEVER || real != NEVER;
        if (isForLock() && !timed && !cancellable) {
            parkForLock();
        } else if (!timed) {
            LockSupport.park(this);
        } else if ((reason == WaitReason.SELECT || real != NEVER) && World.current() instanceof World world) {
            world.park(this, left, real);
        } else if (reason == WaitReason.SELECT && Fiber.current() instanceof Fiber goroutine) {
            goroutine.wakeUp().wakeBy(until);
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, left);
        }
    }

    /// A separate method, so that no branch is taken after the wake-up; see [#parkUntilOver].
    private void parkForLock() {
        LockSleepers.enter(thread);
        try {
            LockSupport.park(this);
        } finally {
            LockSleepers.leave(thread);
        }
    }

    /// The callback that a cancellation runs. It may run late, when the sleep that it should end has ended and this
    /// sleeper is in another sleep. So it acts only until it is retired.
    ///
    /// It does not create the exception. The sleeper does, so the exception has the sleeper's stack trace.
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

    /// Ends the wait of the current thread, unless it has ended.
    private void callOff(Object how) {
        OUTCOME.compareAndSet(this, null, how);
    }

    private static RuntimeException causeOf(Cancellation cancellation) {
        RuntimeException cause = causeInOperation(cancellation);
        return cause != null ? cause : new IllegalStateException(cancellation + " ran afterFunc without a cause");
    }

    /// Returns whether the deadline ended the sleep.
    public boolean timedOut() {
        return outcome == TIMED_OUT;
    }

    /// Returns the exception to throw after an interrupt, a cancellation or a failure has ended the sleep. Throws it if
    /// it is an [Error].
    public RuntimeException calledOff() {
        Object end = Objects.requireNonNull(outcome);
        if (end instanceof Error error) {
            throw error;
        }
        return end instanceof CancelCallback callback ? causeOf(callback.cancellation) : (RuntimeException) end;
    }

    /// Sleeps until interrupted or cancelled, and returns the exception to throw.
    public static RuntimeException sleepForever(WaitReason reason, Object target, @Nullable Cancellation cancellation) {
        Sleeper sleeper = new Sleeper(reason, target);
        sleeper.sleep(NO_DEADLINE, cancellation);
        return sleeper.calledOff();
    }

    /// Sleeps until a time of [Timers#now]. Throws if interrupted.
    public static void sleepUntil(long deadline) {
        Sleeper sleeper = new Sleeper(WaitReason.SLEEP, "the clock");
        sleeper.sleep(() -> deadline);
        if (!sleeper.timedOut()) {
            throw sleeper.calledOff();
        }
    }

    /// Throws if `cancellation` has been cancelled. That takes precedence over an operation that is ready.
    public static void check(@Nullable Cancellation cancellation) {
        if (cancellation != null && causeInOperation(cancellation) instanceof RuntimeException cause) {
            throw cause;
        }
    }

    /// Returns the cause. Runs within an operation that has had its scheduling point, so a context adds no second one.
    private static @Nullable RuntimeException causeInOperation(Cancellation cancellation) {
        Fiber goroutine = World.current() == null ? null : Fiber.current();
        if (goroutine == null) {
            return cancellation.cause();
        }
        boolean before = goroutine.inOperation;
        goroutine.inOperation = true;
        try {
            return cancellation.cause();
        } finally {
            goroutine.inOperation = before;
        }
    }

    /// Returns the number of this sleep among the sleeps of this sleeper.
    public int sleep() {
        return sleep;
    }

    /// Returns whether the thread is parked without a deadline, and has not been woken.
    public boolean sleepsForever() {
        return outcome == null && thread.getState() == Thread.State.WAITING && !timed;
    }

    /// Returns whether the thread is parked for a lock, without a deadline or a cancellation.
    public boolean sleepsForLock() {
        return isForLock() && sleepsForever() && !cancellable;
    }

    private boolean isForLock() {
        return switch (reason) {
            case MUTEX_LOCK, RWMUTEX_LOCK, RWMUTEX_RLOCK, SEMAPHORE_ACQUIRE -> target instanceof Awaited;
            default -> false;
        };
    }

    /// Returns the lock that the thread waits for.
    public WaitTarget lock() {
        return waits().getFirst().target();
    }

    /// Returns why the thread sleeps.
    public WaitReason reason() {
        return reason;
    }

    /// Returns the thread that sleeps.
    public Thread thread() {
        return thread;
    }

    /// Returns what the thread waits for: several things in a select, none in a sleep.
    public List<WaitEdge> waits() {
        return target instanceof Awaited awaited ? awaited.waits(reason) : List.of();
    }

    /// Returns the one channel or lock that the thread waits for; null if there are several, or none.
    @Nullable WaitTarget target() {
        return target instanceof WaitTarget one ? one : null;
    }

    /// Returns what the thread waits for, as text.
    String targetText() {
        return target instanceof WaitTarget thing ? thing.title() : target.toString();
    }

    /// Returns for how long the thread has waited.
    public Duration time() {
        return CoarseClock.since(since);
    }

    @Override
    public String toString() {
        return reason + " on " + target;
    }
}
