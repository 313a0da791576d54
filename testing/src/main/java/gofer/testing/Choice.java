package gofer.testing;

import gofer.runtime.base.SyncPoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One of the points at which a run could go on in several ways: which goroutine is next, or which arm of a select.
final class Choice {

    final List<Task> tasks = new ArrayList<>(); // whose turn it could be; empty if it is about arms
    private int size;
    private boolean
            continues; // the first task had the last turn and does not yield: to choose another is to preempt it

    /// Of tasks, which are to be added.
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

    /// Of arms.
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

    /// Whether the first of the tasks had the last turn and could go on.
    boolean continues() {
        return continues;
    }

    /// Whether to choose number `option` takes the turn from one that could go on.
    boolean preempts(int option) {
        return continues && option > 0;
    }
}
