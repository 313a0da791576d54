package gofer.testing;

import java.util.Random;

/// A strategy that takes each option with the same probability.
final class RandomWalk implements Oracle {

    private final Random random;

    RandomWalk(Random random) {
        this.random = random;
    }

    @Override
    public int choose(Choice choice) {
        return random.nextInt(choice.size());
    }
}
