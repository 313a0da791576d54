package gofer.testing;

import java.util.Arrays;

/// The choices that an oracle makes in a run.
final class Schedule {

    private final Oracle oracle;
    private int[] choices = new int[64];
    private int made;
    private double ways; // logarithm of how many there were

    Schedule(Oracle oracle) {
        this.oracle = oracle;
    }

    /// Returns the option to take, from 0, or [Oracle#ABANDON].
    int choose(Choice choice) {
        ways += Math.log(choice.size());
        int option = oracle.choose(choice);
        if (option != Oracle.ABANDON) {
            if (made == choices.length) {
                choices = Arrays.copyOf(choices, 2 * made);
            }
            choices[made++] = option;
        }
        return option;
    }

    /// Called if only `task` can continue. Returns 0 or [Oracle#ABANDON].
    int goesOn(Task task) {
        return oracle.goesOn(task);
    }

    /// Ends the run.
    void end() {
        oracle.over(made);
    }

    /// Returns how many choices were made.
    int made() {
        return made;
    }

    /// Returns the choices that were made.
    int[] choices() {
        return Arrays.copyOf(choices, made);
    }

    /// Returns the natural logarithm of an estimate of the number of schedules: how many there would be if all had as many
    /// options as this one.
    double ways() {
        return ways;
    }
}
