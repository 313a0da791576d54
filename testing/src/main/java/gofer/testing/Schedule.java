package gofer.testing;

import java.util.Arrays;

/// The way that a run goes: the choices that an oracle makes.
final class Schedule {

    private final Oracle oracle;
    private int[] choices = new int[64];
    private int made;
    private double ways; // logarithm of how many there were

    Schedule(Oracle oracle) {
        this.oracle = oracle;
    }

    /// Which option is taken, from 0; or [Oracle#ABANDON].
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

    /// Likewise if only `task` can go on: 0, or [Oracle#ABANDON].
    int goesOn(Task task) {
        return oracle.goesOn(task);
    }

    /// The run is over.
    void end() {
        oracle.over(made);
    }

    /// How many choices were made.
    int made() {
        return made;
    }

    /// Those that were made.
    int[] choices() {
        return Arrays.copyOf(choices, made);
    }

    /// The natural logarithm of how many ways there would be if all had as many options as this one.
    double ways() {
        return ways;
    }
}
