package gofer.testing;

import gofer.runtime.base.SyncPoint;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A detector of goroutines that wait by polling or yielding repeatedly. Then others must get their turns, and time must pass.
final class PollingDetector {

    /*
     * A check is an operation that most often changes nothing. Any other operation of Gofer is an event, and so is a timer that
     * goes off. A goroutine polls if, since the last event, it has yielded at the same place before, or has made many checks in
     * a row. Then it is not an option until the next event, or until all ready goroutines poll. That ends a round: all may run
     * again, because a check of a plain variable may see a change that is no event. After a few rounds time passes.
     *
     * Not every check is a wait: a program may try and succeed, or check from time to time whether it is cancelled. So after
     * checks, time passes only as far as it may in a real program that is slow, unless there were very many checks.
     */

    /// Most of these change nothing if they are repeated. The effect of a call of the JDK is not known.
    private static final Set<SyncPoint> CHECKS =
            EnumSet.of(
                    SyncPoint.ACCESS,
                    SyncPoint.READ,
                    SyncPoint.CALL,
                    SyncPoint.ENTER,
                    SyncPoint.EXIT,
                    SyncPoint.LOOK,
                    SyncPoint.INSPECT,
                    SyncPoint.TRY_SEND,
                    SyncPoint.TRY_RECV,
                    SyncPoint.TRY_SELECT,
                    SyncPoint.TRY_LOCK,
                    SyncPoint.TRY_R_LOCK,
                    SyncPoint.TRY_ACQUIRE);

    /// After this many checks in a row other goroutines run first.
    private static final int MAX_CHECKS_IN_A_ROW = 1000;

    /// After this many rounds time may pass.
    private static final int ROUNDS_BEFORE_ADVANCE = 2;

    /// After this many rounds, or checks, without an event there will be none.
    private static final int MAX_ROUNDS = 100_000;

    private static final int MAX_CHECKS = 2_000_000;

    /// From this number on, there are very many checks.
    private static final int MANY_CHECKS = 10_000;

    /// The maximum time, in nanoseconds, that may pass while a task can run.
    static final long NEAR = TimeUnit.MINUTES.toNanos(1);

    private int events;
    private int generation; // grows with each event and each round
    private int rounds; // since the last event
    private int checks; // since the last event
    private boolean advancesLittle; // a check since the last event was not an access, or there were many in a row
    private int checksInARow;
    private @Nullable Task checker; // the task that made the checks in a row

    static boolean isCheck(SyncPoint operation) {
        return CHECKS.contains(operation);
    }

    /// Returns whether `operation` has no effect that other goroutines can see.
    static boolean hasNoEffect(SyncPoint operation) {
        return operation == SyncPoint.SLEEP || operation == SyncPoint.TIMER;
    }

    void recordEvent() {
        events++;
        generation++;
        rounds = 0;
        checks = 0;
        advancesLittle = false;
        checksInARow = 0;
        checker = null;
    }

    /// Records a check by `task`. Returns whether others should run first.
    boolean recordCheck(Task task, SyncPoint operation) {
        checks++;
        advancesLittle |= !Access.isForeign(operation);
        checksInARow = task == checker ? checksInARow + 1 : 1;
        checker = task;
        if (checksInARow < MAX_CHECKS_IN_A_ROW) {
            return false;
        }
        checksInARow = 0;
        advancesLittle = true;
        task.pollingSince = generation;
        return true;
    }

    /// Records that `task` yields at `place`. Returns whether it has yielded there since the last event.
    boolean recordYield(Task task, Object place) {
        if (task.yieldPlacesSince != events) {
            task.yieldPlaces = new HashSet<>();
            task.yieldPlacesSince = events;
        }
        if (task.yieldPlaces.add(place)) {
            return false;
        }
        task.pollingSince = generation;
        return true;
    }

    /// Returns whether `task` is not an option because it polls.
    boolean isPolling(Task task) {
        return task.pollingSince == generation;
    }

    /// Ends a round, because all ready tasks poll. Returns true after too many rounds or checks, when nothing will change any
    /// more.
    boolean endRound() {
        generation++;
        return ++rounds > MAX_ROUNDS || checks > MAX_CHECKS;
    }

    /// Returns whether the clock may advance by `nanos`.
    boolean mayAdvance(long nanos) {
        return rounds > ROUNDS_BEFORE_ADVANCE && (!advancesLittle || nanos < NEAR || checks > MANY_CHECKS);
    }
}
