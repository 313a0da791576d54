package gofer.testing;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/// A strategy that runs the goroutine with the highest priority. At a few points, which are chosen in advance, the priority of
/// the goroutine falls below all others.
///
/// A fault of depth `d`, which needs `d` ordering constraints, is found with a probability of at least 1/(n k^(d-1)) for n
/// goroutines and k choices. Burckhardt and others, A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs, 2010.
final class Pct implements Oracle {

    private static final int MAX_CHANGES = 3; // faults that need more are rare

    private final Random random;
    private final Set<Integer> changes = new HashSet<>();
    private int longest = 8; // the number of choices of the longest run so far
    private int step;
    private long lowest;

    Pct(Random random) {
        this.random = random;
    }

    @Override
    public boolean next() {
        changes.clear();
        for (int i = random.nextInt(MAX_CHANGES + 1); i > 0; i--) {
            changes.add(random.nextInt(longest));
        }
        step = 0;
        lowest = -1;
        return true;
    }

    @Override
    public int choose(Choice choice) {
        int index = step++;
        if (!choice.isOfTasks()) {
            return random.nextInt(choice.size());
        }
        int best = Priorities.highest(choice, random);
        if (changes.contains(index)) {
            choice.tasks.get(best).priority = lowest--;
            best = Priorities.highest(choice, random);
        }
        return best;
    }

    @Override
    public void ended(int choices) {
        longest = Math.max(longest, choices);
    }
}
