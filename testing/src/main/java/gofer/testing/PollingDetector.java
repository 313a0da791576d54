package gofer.testing;

import gofer.runtime.base.SyncPoint;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Notices who waits by looking, or by yielding, again and again: others must get their turn, and time must pass.
final class PollingDetector {

    /*
     * Something happens when an operation of ours is carried out that is no look, or when a timer goes off. A goroutine polls
     * if, since something happened, it has yielded at the same place before, or has looked many times in a row. Then it is no
     * option until something happens, or until all who are ready poll. That ends a round: all may go on, since a look at a
     * plain variable may tell what is not noticed here. After a few rounds time passes.
     *
     * Not everything that looks waits: a program may try, and succeed, or look whether it is cancelled now and then. So, if
     * there were looks, time passes by so much only as it may in a real program that is slow; unless there were very many.
     */

    /// Most of them change nothing if repeated. What a call of the JDK does is not known.
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

    /// After so many looks in a row others go first.
    private static final int ROW = 1000;

    /// Rounds before time passes.
    private static final int ROUNDS = 2;

    /// After so many rounds, or looks, in which nothing happens, nothing will.
    private static final int MOST_ROUNDS = 100_000;

    private static final int MOST_LOOKS = 2_000_000;

    /// So many looks are very many.
    private static final int MANY = 10_000;

    /// How far, in nanoseconds, time passes though somebody could go on.
    static final long NEAR = TimeUnit.MINUTES.toNanos(1);

    private int happened; // how often
    private int generation; // grows with what happens, and with each round
    private int rounds; // since something happened, as the next
    private int looks;
    private boolean looked; // some look was no access, or there were many in a row
    private int row; // looks
    private @Nullable Task looker; // of the row

    static boolean isLook(SyncPoint operation) {
        return LOOKS.contains(operation);
    }

    /// Whether nothing happens by it for others to see.
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

    /// Whether others are to go first, since `task` has looked once more.
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

    /// Whether `task`, which yields at `place`, has been there before.
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

    /// Whether `task` is no option.
    boolean isPolling(Task task) {
        return task.polling == generation;
    }

    /// All who are ready poll: they go on. True if they have done so for so long that nothing will happen any more.
    boolean endRound() {
        generation++;
        return ++rounds > MOST_ROUNDS || looks > MOST_LOOKS;
    }

    /// Whether the clock may move so far.
    boolean timePasses(long nanos) {
        return rounds > ROUNDS && (!looked || nanos < NEAR || looks > MANY);
    }
}
