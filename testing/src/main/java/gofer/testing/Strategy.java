package gofer.testing;

import java.util.Random;

/// A way to choose schedules.
public enum Strategy {
    /// [#RANDOM], [#PCT] and [#POS] in turn. This is the default.
    MIXED,
    /// At each scheduling point, each ready goroutine has the same probability.
    RANDOM,
    /// The goroutine with the highest priority runs. Priorities change at a few scheduling points. Finds faults that need one
    /// goroutine to be far ahead of another.
    PCT,
    /// The operation with the highest priority runs. Priorities are random, and change when another operation races.
    POS,
    /// Every schedule, one after the other. For a few goroutines with a few operations each.
    EXHAUSTIVE;

    Oracle oracle(long seed, int preemptions) {
        var random = new Random(seed);
        return switch (this) {
            case MIXED -> new RoundRobin(random);
            case RANDOM -> new RandomWalk(random);
            case PCT -> new Pct(random);
            case POS -> new PartialOrderSampling(random);
            case EXHAUSTIVE -> new Exhaustive(preemptions);
        };
    }
}
