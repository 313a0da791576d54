package gofer.testing;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/// How a run goes on once it is long: at random, so that every goroutine, and the clock, gets its turns.
///
/// A strategy may starve for ever the one goroutine that would end the loops of all others, and no real scheduler does. So a
/// run that has been steered for a while is left to chance: whoever is ready goes on with the same probability. With
/// probability 1 that is fair. What goes on even so for [#ENDLESS] steps is taken for endless.
///
/// Musuvathi and Qadeer, Fair Stateless Model Checking, 2008, have the idea; chance in place of their priorities also ends what
/// only goes on while two take their turns in step.
final class Fairness {

    /// After so many steps a run is long.
    static final int LONG = 10_000;

    /// After so many it goes on for ever. A limit below that is no verdict.
    static final int ENDLESS = 1_000_000;

    /// A move of the clock counts for so many: it takes as long.
    static final int MOVE = 4;

    /// The number of steps that a thousand accesses in a long computation count for. Only one of them is a point.
    static final int COMPUTATION = 20;

    /// Among so many steps the turn changes once, on average: to change it costs more than a step.
    private static final int TURN = 4;

    /// So many steps lie between two moves of the clock.
    private static final int TICK = 1000;

    /// How far, in nanoseconds, the clock may have moved for each step.
    private static final long NANOS_PER_STEP = TimeUnit.MILLISECONDS.toNanos(1);

    private final long most; // steps of a run
    private final long begins;
    private final Random random;
    private long ticked; // the step at which the clock last moved

    /// For a run of at most so many steps.
    Fairness(long most) {
        this.most = most;
        this.begins = Math.min(LONG, most / 2);
        this.random = new Random(begins); // the same for each run, so that it can be repeated
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

    /// Whether, after so many steps, the clock is to move so far though others could go on; [Long#MAX_VALUE] means that there is
    /// no timer. In the second half of a run it may move as far as it likes: the program may wait for a time that is far off.
    boolean timePasses(long steps, long nanos) {
        boolean near = nanos / NANOS_PER_STEP < steps - begins || steps > most / 2;
        if (nanos == Long.MAX_VALUE || steps - ticked < TICK || !near) {
            return false;
        }
        ticked = steps;
        return true;
    }
}
