package gofer.testing;

import gofer.runtime.base.SyncPoint;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A detector of goroutines that wait by polling or yielding repeatedly. Others must then get their turns, and time must pass.
final class PollingDetector {

    /*
     * An operation of ours that is not a look counts as an event, and so does a timer that goes off. A goroutine polls if,
     * since the last event, it has yielded at the same place before, or has looked many times in a row. Then it is not an
     * option until the next event, or until all ready goroutines poll. That ends a round: all may run again, since a look at a
     * plain variable may see a change that is not noticed here. After a few rounds time passes.
     *
     * Not every look is a wait: a program may try and succeed, or check now and then whether it is cancelled. So if there were
     * looks, time passes only as far as it may in a real program that is slow, unless there were very many.
     */

    /// Most of these change nothing if repeated. What a call of the JDK does is not known.
    private static final Set<SyncPoint> LOOKS =
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

    /// After this many looks in a row other goroutines run first.
    private static final int ROW = 1000;

    /// How many rounds pass before time does.
    private static final int ROUNDS = 2;

    /// After this many rounds, or looks, without an event there will be none.
    private static final int MOST_ROUNDS = 100_000;

    private static final int MOST_LOOKS = 2_000_000;

    /// How many looks are very many.
    private static final int MANY = 10_000;

    /// How far, in nanoseconds, time may pass while a task can run.
    static final long NEAR = TimeUnit.MINUTES.toNanos(1);

    private int happened; // the number of events
    private int generation; // grows with each event and each round
    private int rounds; // since the last event, as the next two
    private int looks;
    private boolean looked; // a look was not an access, or there were many in a row
    private int row; // how many looks in a row
    private @Nullable Task looker; // the task that made them

    static boolean isLook(SyncPoint operation) {
        return LOOKS.contains(operation);
    }

    /// Returns whether `operation` has no effect that other goroutines can see.
    static boolean isNothing(SyncPoint operation) {
        return operation == SyncPoint.SLEEP || operation == SyncPoint.TIMER;
    }

    void happens() {
        happened++;
        generation++;
        rounds = 0;
        looks = 0;
        looked = false;
        row = 0;
        looker = null;
    }

    /// Counts a look of `task`. Returns whether others should run first.
    boolean looks(Task task, SyncPoint operation) {
        looks++;
        looked |= !Access.isForeign(operation);
        row = task == looker ? row + 1 : 1;
        looker = task;
        if (row < ROW) {
            return false;
        }
        row = 0;
        looked = true;
        task.polling = generation;
        return true;
    }

    /// Returns whether `task`, which yields at `place`, has yielded there before.
    boolean yields(Task task, Object place) {
        if (task.placesSince != happened) {
            task.places = new HashSet<>();
            task.placesSince = happened;
        }
        if (task.places.add(place)) {
            return false;
        }
        task.polling = generation;
        return true;
    }

    /// Returns whether `task` is not an option because it polls.
    boolean isPolling(Task task) {
        return task.polling == generation;
    }

    /// Ends a round, since all ready tasks poll. Returns true after too many rounds or looks: nothing will change
    /// any more.
    boolean endRound() {
        generation++;
        return ++rounds > MOST_ROUNDS || looks > MOST_LOOKS;
    }

    /// Returns whether the clock may advance by `nanos`.
    boolean timePasses(long nanos) {
        return rounds > ROUNDS && (!looked || nanos < NEAR || looks > MANY);
    }
}
