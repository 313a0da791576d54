package gofer.runtime.goroutine;

import gofer.goroutine.Goroutine;
import gofer.runtime.park.Sleeper;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A goroutine or another thread, in dumps and searches that treat both alike.
public sealed interface Party permits G, PlainThread {

    /// Returns the goroutine that `thread` runs, or the thread itself if it runs none.
    static Party of(Thread thread) {
        return thread.getUncaughtExceptionHandler() instanceof G g ? g : new PlainThread(thread);
    }

    /// Returns the id of the goroutine, or of the thread if it is not a goroutine.
    long id();

    /// Returns the name; empty if it has none.
    String name();

    /// Returns whether it can run: a snapshot.
    Goroutine.State stateNow();

    /// Returns the sleeper in which it waits; null if it does not wait, or waits for something other than an object of
    /// Gofer.
    default @Nullable Sleeper sleeper() {
        return startedThread() instanceof Thread thread && LockSupport.getBlocker(thread) instanceof Sleeper sleeper
                ? sleeper
                : null;
    }

    /// Returns its stack; empty if it has not begun.
    StackTraceElement[] stack();

    /// Returns the thread that runs it; null if it has not begun. Unlike [Goroutine#thread], it starts no thread: an inspection
    /// must not start a goroutine of a world outside of that world.
    @Nullable Thread startedThread();

    /// Returns the id by which locks name it as their holder: the lower half of its thread's id, or 0.
    long holderId();

    /// Returns which goroutine started it, and where; null if it is not a goroutine.
    @Nullable Origin origin();

    /// Converts the state of a thread.
    static Goroutine.State stateOf(Thread.State state) {
        return switch (state) {
            case NEW, RUNNABLE -> Goroutine.State.RUNNABLE;
            case BLOCKED, WAITING, TIMED_WAITING -> Goroutine.State.WAITING;
            case TERMINATED -> Goroutine.State.ENDED;
        };
    }
}
