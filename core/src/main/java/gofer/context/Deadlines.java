package gofer.context;

import gofer.chan.flavor.Cores;
import gofer.runtime.park.Sleeper;
import gofer.runtime.park.Timers;
import gofer.runtime.park.World;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The clocks of deadlines. They use loops where chains of contexts may be long.
final class Deadlines {

    private Deadlines() {}

    /// Returns the world whose clock determines the deadline of `parent`. Times of two worlds cannot be compared.
    static @Nullable World clockOf(Context parent) {
        Context base = ValueContext.withoutValues(parent);
        while (true) {
            switch (base) {
                case CancelContext own when own.timed -> {
                    return own.world;
                }
                case CancelContext own -> base = ValueContext.withoutValues(own.parent);
                case Both both -> base = ValueContext.withoutValues(both.withEarlierDeadline());
                default -> {
                    return Cores.core(base.done()).world;
                }
            }
        }
    }

    /// Returns the earliest time of [Timers#realNow] at which a deadline on the real clock ends `context` or an
    /// ancestor, or [Sleeper#NEVER] if there is none.
    static long due(Context context) {
        long earliest = Sleeper.NEVER;
        Context each = context;
        for (; each instanceof CancelContext own; each = ValueContext.withoutValues(own.parent)) {
            if (own.timed && own.world == null) {
                Duration left = Duration.between(Timers.calendarOf(null), own.deadline.orElseThrow());
                earliest = Math.min(earliest, Timers.realNow() + Math.min(Timers.nanos(left), Sleeper.NEVER / 2));
            }
        }
        if (each instanceof Both(Context first, Context second)) {
            earliest =
                    Math.min(
                            earliest,
                            Math.min(due(ValueContext.withoutValues(first)), due(ValueContext.withoutValues(second))));
        }
        return earliest;
    }
}
