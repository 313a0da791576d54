package gofer.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A loop that runs goroutines in the order in which they become ready. Each runs until it waits, yields or ends.
final class BubbleLoop extends Loop {

    private final ArrayDeque<Task> queue = new ArrayDeque<>();
    private final Random random = new Random();

    @Override
    void madeReady(Task task) {
        queue.addLast(task);
    }

    @Override
    @Nullable Task next() {
        Task task = queue.pollFirst();
        if (task != null) {
            task.ready = false;
        }
        return task;
    }

    /// As in Go, the clock stands still while a goroutine waits for something outside.
    @Override
    boolean continueMeanwhile(boolean unlikely) {
        return false;
    }

    @Override
    boolean mayAdvanceAfterMain() {
        return false;
    }

    @Override
    void stuck(boolean mainEnded) {
        if (mainEnded) {
            fail(
                    Failure.Kind.LEAK,
                    "deadlock: main bubble goroutine has exited but blocked goroutines remain: " + names());
        } else {
            fail(Failure.Kind.DEADLOCK, "deadlock: all goroutines in bubble are blocked");
        }
    }

    /// Timers that are due at the same instant run in random order, as in Go.
    @Override
    List<Runnable> order(List<Runnable> due) {
        if (due.size() < 2) {
            return due;
        }
        List<Runnable> shuffled = new ArrayList<>(due);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    @Override
    public int countGoroutines() {
        return (int) live.stream().filter(task -> task.goroutine != null).count();
    }

    @Override
    public int choose(int options) {
        return random.nextInt(options);
    }
}
