package gofer.testing;

import gofer.runtime.Operation;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// How a run goes on once it is long: at random, so that every goroutine, and the clock, gets its turns.
///
/// A strategy may starve for ever the one goroutine that would end the loops of all others, and no real scheduler does. So a
/// run that has been steered for a while is left to chance: whoever is ready goes on with the same probability. With
/// probability 1 that is fair. What goes on even so is taken for endless if its goroutines wait for news, of each other or of the
/// time; else it may be a long computation.
///
/// Musuvathi and Qadeer, Fair Stateless Model Checking, 2008, have the idea; chance in place of their priorities also ends what
/// only goes on while two take their turns in step.
final class Fairness {

    /// After so many steps a run is long.
    static final int LONG = 10_000;

    /// Among so many steps the turn changes once, on average: to change it costs more than a step.
    private static final int TURN = 4;

    /// So many steps lie between two moves of the clock.
    private static final int TICK = 1000;

    /// How far, in nanoseconds, the clock may have moved for each step.
    private static final long NANOS_PER_STEP = TimeUnit.MILLISECONDS.toNanos(1);

    /// What those do who share work, and need no news of each other.
    private static final Set<Operation> WORK =
            EnumSet.of(
                    Operation.LOCK,
                    Operation.UNLOCK,
                    Operation.R_LOCK,
                    Operation.R_UNLOCK,
                    Operation.TAKE,
                    Operation.GIVE,
                    Operation.ADD,
                    Operation.GET,
                    Operation.PUT);

    private final long most; // steps of a run
    private final long begins;
    private Random random = new Random();
    private long ticked; // the step at which the clock last moved
    private boolean waits;

    /// For runs of at most so many steps.
    Fairness(long most) {
        this.most = most;
        this.begins = Math.min(LONG, most / 2);
    }

    /// A run begins.
    void begin() {
        random = new Random(begins);
        ticked = 0;
        waits = false;
    }

    /// Whether a run is long after so many steps.
    boolean isLong(long steps) {
        return steps > begins;
    }

    /// Which option is taken, from 0.
    int choose(Choice choice) {
        boolean stays = choice.continues() && random.nextInt(TURN) != 0;
        return stays ? 0 : random.nextInt(choice.size());
    }

    /// Whether, after so many steps, the clock is to move so far though others could go on. In the second half of a run it may
    /// move as far as it likes: the program may wait for a time that is far off.
    boolean timePasses(long steps, long nanos) {
        boolean near = nanos / NANOS_PER_STEP < steps - begins || steps > most / 2;
        if (steps - ticked < TICK || !near) {
            return false;
        }
        ticked = steps;
        return true;
    }

    /// After so many steps, a goroutine is about to carry out `operation`.
    void notice(Operation operation, long steps) {
        waits |= isLong(steps) && !WORK.contains(operation);
    }

    /// Whether, in the part of a run that was left to chance, there was an operation of those who wait for news.
    boolean hasSeenWaiting() {
        return waits;
    }
}
