package gofer.testing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A strategy that tries all schedules, depth first, or all with a limited number of preemptions.
final class Exhaustive implements Oracle {

    /*
     * A run repeats the choices of the previous one up to the last node that has an option left.
     *
     * Sleep sets: when all runs that continue with goroutine t have been seen, t sleeps for the other options of that node,
     * until an operation is carried out that depends on t's next operation. Running t before that leads to a run that has
     * already been seen. A node whose goroutines are all asleep ends its run, which does not count. Godefroid, Partial-Order
     * Methods for the Verification of Concurrent Systems, 1996.
     *
     * With a bound there are no sleep sets, since the run that they rely on may be one that the bound excludes.
     */

    /// No bound.
    static final int UNBOUNDED = Integer.MAX_VALUE;

    private final int bound;
    private final List<Node> path = new ArrayList<>();
    private boolean begun;
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
        boolean first = !begun;
        begun = true;
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
        boolean isNew = depth == path.size();
        boolean isLast = depth == path.size() - 1; // where this run first differs from the previous one
        Node node = isNew ? new Node(asleep) : path.get(depth);
        if (isNew) {
            path.add(node);
        }
        depth++;
        if (isNew || isLast) {
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

    /// The sleeping tasks are not options now, but only because they poll. That is no reason to keep them asleep.
    @Override
    public int goesOn(Task task) {
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

    /// Returns the tasks that sleep after `option` was taken: those that slept before or were an earlier option, and do not
    /// depend on it.
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

    @Override
    public void over(int choices) {}
}
