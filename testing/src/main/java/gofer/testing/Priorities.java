package gofer.testing;

import java.util.Random;

/// Priorities of tasks. A task with 0 has none yet.
final class Priorities {

    private Priorities() {}

    /// Returns the option with the highest priority. A task without a priority gets one first.
    static int highest(Choice choice, Random random) {
        int best = 0;
        for (int i = 0; i < choice.size(); i++) {
            Task task = choice.tasks.get(i);
            if (task.priority == 0) {
                task.priority = 1 + (random.nextLong() >>> 2);
            }
            if (task.priority > choice.tasks.get(best).priority) {
                best = i;
            }
        }
        return best;
    }
}
