package gofer.testing;

import java.util.List;
import java.util.Random;

/// A strategy that uses several others in turn, since each finds faults that the others miss.
final class RoundRobin implements Oracle {

    private final List<Oracle> strategies;
    private int runs;
    private Oracle now;

    RoundRobin(Random random) {
        strategies = List.of(new PartialOrderSampling(random), new RandomWalk(random), new Pct(random));
        now = strategies.getFirst();
    }

    @Override
    public boolean next() {
        now = strategies.get(runs++ % strategies.size());
        return now.next();
    }

    @Override
    public int choose(Choice choice) {
        return now.choose(choice);
    }

    @Override
    public int goesOn(Task task) {
        return now.goesOn(task);
    }

    @Override
    public void over(int choices) {
        now.over(choices);
    }
}
