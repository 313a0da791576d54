package gofer.testing;

import gofer.runtime.base.SyncPoint;
import org.jspecify.annotations.Nullable;

/// A log of the steps of a run: their number, a hash, and a trace if one is wanted.
final class StepLog {

    private final @Nullable Trace trace;
    private int length;
    private int hash;

    StepLog(@Nullable Trace trace) {
        this.trace = trace;
    }

    boolean isTraced() {
        return trace != null;
    }

    /// Returns whether the trace keeps the next step. Only then does the step need its place in the program, which is slow to
    /// find.
    boolean keepsNext() {
        return trace != null && trace.keeps(length + 1);
    }

    /// Returns the name of an object in the trace; empty without a trace.
    String nameOf(Object object) {
        return trace == null ? "" : trace.nameOf(object);
    }

    /// Adds a step of `task`, which performs `operation` on `object` at `site`.
    void add(Task task, SyncPoint operation, @Nullable Object object, @Nullable StackTraceElement site) {
        boolean isKept = keepsNext();
        hash = 31 * hash + task.number * 64 + operation.name().hashCode();
        length++;
        if (trace != null) {
            if (isKept) {
                trace.add(task, operation, object, site);
            } else {
                trace.skip();
            }
        }
    }

    /// Adds an advance of the clock although a task can run.
    void addAdvance(Task clock) {
        length++;
        if (trace != null) {
            trace.add(clock, "advances", null);
        }
    }

    /// Adds a choice that is not a step.
    void addChoice(int option) {
        hash = 31 * hash + option;
    }

    /// Returns the number of steps.
    int length() {
        return length;
    }

    /// Returns a hash that is equal for runs with the same steps and choices.
    int hash() {
        return hash;
    }
}
