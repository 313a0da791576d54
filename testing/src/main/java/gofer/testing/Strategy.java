package gofer.testing;

import java.util.Random;

/// How schedules are chosen.
public enum Strategy {
    /// The next three in turn: the default.
    MIXED,
    /// At each scheduling point any goroutine that is ready, with the same probability.
    RANDOM,
    /// Priorities that change at a few scheduling points: for faults that need goroutines to be far apart.
    PCT,
    /// A priority for each operation, drawn again when another operation races with it.
    POS,
    /// Every schedule, one after the other: for a few goroutines with a few operations each.
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
