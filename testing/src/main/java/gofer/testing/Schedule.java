package gofer.testing;

import java.util.Arrays;

/// The choices that an oracle makes in a run.
final class Schedule {

    private final Oracle oracle;
    private int[] choices = new int[64];
    private int length;
    private double logSpace; // the logarithm of the product of the numbers of options

    Schedule(Oracle oracle) {
        this.oracle = oracle;
    }

    /// Returns the option to take, from 0, or [Oracle#ABANDON].
    int choose(Choice choice) {
        logSpace += Math.log(choice.size());
        int option = oracle.choose(choice);
        if (option != Oracle.ABANDON) {
            if (length == choices.length) {
                choices = Arrays.copyOf(choices, 2 * length);
            }
            choices[length++] = option;
        }
        return option;
    }

    /// Called if only `task` can continue. Returns 0 or [Oracle#ABANDON].
    int continueOnly(Task task) {
        return oracle.continueOnly(task);
    }

    /// Called when the run has ended.
    void end() {
        oracle.ended(length);
    }

    /// Returns the number of choices.
    int length() {
        return length;
    }

    /// Returns the choices.
    int[] choices() {
        return Arrays.copyOf(choices, length);
    }

    /// Returns the natural logarithm of an estimate of the number of schedules. The estimate assumes that all schedules have as
    /// many options as this one.
    double logSpace() {
        return logSpace;
    }
}
