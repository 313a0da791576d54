package gofer.testing;

import java.util.List;
import java.util.Random;

/// A strategy that uses several others in turn, because each finds faults that the others miss.
final class RoundRobin implements Oracle {

    private final List<Oracle> strategies;
    private int runs;
    private Oracle current;

    RoundRobin(Random random) {
        strategies = List.of(new PartialOrderSampling(random), new RandomWalk(random), new Pct(random));
        current = strategies.getFirst();
    }

    @Override
    public boolean next() {
        current = strategies.get(runs++ % strategies.size());
        return current.next();
    }

    @Override
    public int choose(Choice choice) {
        return current.choose(choice);
    }

    @Override
    public int continueOnly(Task task) {
        return current.continueOnly(task);
    }

    @Override
    public void ended(int choices) {
        current.ended(choices);
    }
}
