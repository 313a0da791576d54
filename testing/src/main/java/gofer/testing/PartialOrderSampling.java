package gofer.testing;

import java.util.Random;

/// A strategy that gives each pending operation a priority, and performs the one with the highest. The operations that race
/// with it get new priorities.
///
/// Yuan, Yang, Gu: Partial Order Aware Concurrency Sampling, 2018.
final class PartialOrderSampling implements Oracle {

    private final Random random;

    PartialOrderSampling(Random random) {
        this.random = random;
    }

    @Override
    public int choose(Choice choice) {
        if (!choice.isOfTasks()) {
            return random.nextInt(choice.size());
        }
        int best = Priorities.highest(choice, random);
        Task chosen = choice.tasks.get(best);
        for (Task task : choice.tasks) {
            if (task == chosen || task.dependsOn(chosen)) {
                task.priority = 0;
            }
        }
        return best;
    }
}
