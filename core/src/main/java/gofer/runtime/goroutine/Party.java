package gofer.runtime.goroutine;

import gofer.goroutine.Goroutine;
import gofer.runtime.park.Sleeper;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One that runs and waits: a goroutine, or a thread that is none.
public sealed interface Party permits G, PlainThread {

    /// The one that `thread` carries.
    static Party of(Thread thread) {
        return thread.getUncaughtExceptionHandler() instanceof G g ? g : new PlainThread(thread);
    }

    /// The id of the goroutine, or else of the thread.
    long id();

    /// Its name; empty if it has none.
    String name();

    /// Whether it can run: a snapshot.
    Goroutine.State stateNow();

    /// What it sleeps in; null if it does not, or waits for something that is not ours.
    default @Nullable Sleeper sleeper() {
        return LockSupport.getBlocker(thread()) instanceof Sleeper sleeper ? sleeper : null;
    }

    /// Where it is; empty if it has not begun.
    StackTraceElement[] stack();

    /// The thread that carries it.
    Thread thread();

    /// How the locks that it holds name it: by the lower half of its thread's id, or 0.
    long holderId();

    /// Who started it, and where; null if it is no goroutine.
    @Nullable Origin origin();

    /// What the state of a thread means.
    static Goroutine.State stateOf(Thread.State state) {
        return switch (state) {
            case NEW, RUNNABLE -> Goroutine.State.RUNNABLE;
            case BLOCKED, WAITING, TIMED_WAITING -> Goroutine.State.WAITING;
            case TERMINATED -> Goroutine.State.ENDED;
        };
    }
}
