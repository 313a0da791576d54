package gofer.testing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A strategy that tries all schedules, depth first, or all with a limited number of preemptions.
final class Exhaustive implements Oracle {

    /*
     * A run repeats the choices of the previous run, up to the last node that has an option left.
     *
     * Sleep sets: when all runs that continue with goroutine t have been tried, t sleeps for the other options of that node.
     * It wakes up when an operation runs that depends on t's next operation. To run t before that would repeat a run. If all
     * goroutines of a node sleep, the run ends and does not count. Godefroid, Partial-Order Methods for the Verification of
     * Concurrent Systems, 1996.
     *
     * With a bound there are no sleep sets, because the bound may exclude the run that they rely on.
     */

    /// No bound.
    static final int UNBOUNDED = Integer.MAX_VALUE;

    private final int bound;
    private final List<Node> path = new ArrayList<>();
    private boolean started;
    private int depth;
    private int preemptions;
    private Set<Integer> asleep = Set.of(); // numbers of tasks

    Exhaustive(int bound) {
        this.bound = bound;
    }

    private static final class Node {
        final Set<Integer> asleep;
        int option = -1;
        int options;

        Node(Set<Integer> asleep) {
            this.asleep = asleep;
        }
    }

    @Override
    public boolean next() {
        boolean first = !started;
        started = true;
        while (!path.isEmpty() && path.getLast().option + 1 >= path.getLast().options) {
            path.removeLast();
        }
        depth = 0;
        preemptions = 0;
        asleep = Set.of();
        return first || !path.isEmpty();
    }

    @Override
    public int choose(Choice choice) {
        boolean isNewNode = depth == path.size();
        boolean isLastNode = depth == path.size() - 1; // the first difference from the previous run
        Node node = isNewNode ? new Node(asleep) : path.get(depth);
        if (isNewNode) {
            path.add(node);
        }
        depth++;
        if (isNewNode || isLastNode) {
            node.options = choice.size();
            node.option = nextOption(node, choice);
            if (node.option == choice.size()) {
                return ABANDON;
            }
        }
        int option = Math.min(node.option, choice.size() - 1); // differs if the body is not deterministic
        preemptions += choice.preempts(option) ? 1 : 0;
        if (choice.isOfTasks() && bound == UNBOUNDED) {
            asleep = stillAsleep(node, choice, option);
        }
        return option;
    }

    /// Wakes the sleeping tasks. They are no options at the moment, but only because they poll.
    @Override
    public int continueOnly(Task task) {
        if (asleep.contains(task.number)) {
            return ABANDON;
        }
        asleep = Set.of();
        return 0;
    }

    /// Returns the next option of a node that is worth taking, or the number of options if there is none.
    private int nextOption(Node node, Choice choice) {
        int option = node.option + 1;
        while (option < choice.size()
                && choice.isOfTasks()
                && (node.asleep.contains(choice.tasks.get(option).number)
                        || preemptions + (choice.preempts(option) ? 1 : 0) > bound)) {
            option++;
        }
        return option;
    }

    /// Returns the tasks that sleep after `option`: those that slept before or were an earlier option, and do not depend on it.
    private static Set<Integer> stillAsleep(Node node, Choice choice, int option) {
        Task taken = choice.tasks.get(option);
        Set<Integer> next = null;
        for (int i = 0; i < choice.size(); i++) {
            Task task = choice.tasks.get(i);
            if (i != option && (i < option || node.asleep.contains(task.number)) && !task.dependsOn(taken)) {
                if (next == null) {
                    next = new HashSet<>();
                }
                next.add(task.number);
            }
        }
        return next == null ? Set.of() : next;
    }
}
