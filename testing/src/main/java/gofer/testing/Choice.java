package gofer.testing;

import gofer.runtime.base.SyncPoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A choice between several options: which goroutine runs next, or which arm of a select is taken.
final class Choice {

    final List<Task> tasks = new ArrayList<>(); // the options; empty if they are arms
    private int size;
    private boolean continues; // the first task had the last turn and does not yield

    /// Begins a choice between tasks: `first`, if it is not null, and those that are added next.
    void ofTasks(@Nullable Task first) {
        tasks.clear();
        size = 0;
        continues = first != null && first.operation != SyncPoint.YIELD;
        if (first != null) {
            add(first);
        }
    }

    void add(Task task) {
        tasks.add(task);
        size++;
    }

    /// Begins a choice between arms.
    void ofArms(int arms) {
        tasks.clear();
        size = arms;
        continues = false;
    }

    int size() {
        return size;
    }

    boolean isOfTasks() {
        return !tasks.isEmpty();
    }

    /// Returns whether the first task had the last turn and could continue.
    boolean continues() {
        return continues;
    }

    /// Returns whether choosing `option` preempts a task that could continue.
    boolean preempts(int option) {
        return continues && option > 0;
    }
}
