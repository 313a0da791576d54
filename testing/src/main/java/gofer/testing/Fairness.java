package gofer.testing;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/// The schedule of a long run: at random, so that every goroutine and the clock get their turns.
///
/// A strategy may starve the one goroutine that would end the loops of all others. No real scheduler does that forever. So
/// after a number of steps the run is scheduled at random: each ready goroutine runs with the same probability, which is fair
/// with probability 1. A run that continues after [#ENDLESS] steps is treated as endless.
///
/// The idea is from Musuvathi and Qadeer, Fair Stateless Model Checking, 2008. Randomness instead of their priorities also ends
/// programs that continue only while two goroutines alternate in step.
final class Fairness {

    /// A run is long after this many steps.
    static final int LONG = 10_000;

    /// A run is endless after this many steps. With a lower limit, a search does not decide whether a run is endless.
    static final int ENDLESS = 1_000_000;

    /// The number of steps that an advance of the clock counts as. It takes as long.
    static final int ADVANCE_STEPS = 4;

    /// The number of steps that a thousand accesses in a long computation count as. Only one of them is a scheduling point.
    static final int COMPUTATION_STEPS = 20;

    /// The average number of steps between two switches. A switch costs more than a step.
    private static final int STEPS_PER_SWITCH = 4;

    /// The number of steps between two advances of the clock.
    private static final int STEPS_PER_ADVANCE = 1000;

    /// The maximum advance of the clock for each step, in nanoseconds.
    private static final long NANOS_PER_STEP = TimeUnit.MILLISECONDS.toNanos(1);

    private final long most; // the maximum number of steps of a run
    private final long firstRandomStep;
    private final Random random;
    private long lastAdvance; // the step at which the clock last advanced

    /// Schedules a run of at most `most` steps.
    Fairness(long most) {
        this.most = most;
        this.firstRandomStep = firstRandomStep(most);
        this.random = new Random(firstRandomStep); // the same for each run, so that it can be repeated
    }

    /// Returns the step from which a run of at most `most` steps is scheduled at random.
    static long firstRandomStep(long most) {
        return Math.min(LONG, most / 2);
    }

    /// Returns whether a run of `steps` steps is long.
    boolean isLong(long steps) {
        return steps > firstRandomStep;
    }

    /// Returns the option to take, from 0.
    int choose(Choice choice) {
        boolean continuesSame = choice.continues() && random.nextInt(STEPS_PER_SWITCH) != 0;
        return continuesSame ? 0 : random.nextInt(choice.size());
    }

    /// Returns whether, after `steps` steps, the clock should advance by `nanos` although tasks can run. [Long#MAX_VALUE] means
    /// that there is no timer. In the second half of a run the clock may advance without limit, because the program may wait
    /// for a distant time.
    boolean timePasses(long steps, long nanos) {
        boolean isNear = nanos / NANOS_PER_STEP < steps - firstRandomStep || steps > most / 2;
        if (nanos == Long.MAX_VALUE || steps - lastAdvance < STEPS_PER_ADVANCE || !isNear) {
            return false;
        }
        lastAdvance = steps;
        return true;
    }
}
