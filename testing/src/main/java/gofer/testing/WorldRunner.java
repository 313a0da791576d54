package gofer.testing;

import gofer.runtime.park.World;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The thread that runs a world, and its watchdog.
final class WorldRunner {

    /// The maximum time of one turn of a goroutine, in nanoseconds.
    private static final long TURN_TIMEOUT = TimeUnit.SECONDS.toNanos(30);

    private WorldRunner() {}

    /// The error for a turn that does not end, with the stack of the goroutine.
    static final class HangError extends AssertionError {

        private static final long serialVersionUID = 1;

        HangError(String who, StackTraceElement[] where) {
            super(who + " does not block or yield: it computes, or is pinned to its carrier");
            setStackTrace(where);
        }

        Failure failure() {
            return new Failure(Failure.Kind.HANG, String.valueOf(getMessage()), "", this);
        }
    }

    /// Runs `body`, which runs `loop`, to its end. If a turn does not end, leaves the thread running and throws a [HangError].
    /// If the caller is interrupted, throws an [AssertionError], and the loop ends before its next turn.
    static void run(Loop loop, Runnable body) {
        var thrown = new AtomicReference<@Nullable Throwable>();
        Thread caller = Thread.currentThread();
        var runner =
                new World.Runner(
                        loop,
                        caller.getName() + " (bubble)",
                        () -> {
                            try {
                                body.run();
                            } catch (Throwable broken) {
                                thrown.set(broken);
                            }
                        });
        runner.setContextClassLoader(caller.getContextClassLoader());
        runner.start();
        join(loop, runner);
        switch (thrown.get()) {
            case null -> {}
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            case Throwable other -> throw new IllegalStateException(other);
        }
    }

    private static void join(Loop loop, Thread runner) {
        long turns = loop.turns();
        long turnStart = System.nanoTime();
        while (runner.isAlive()) {
            try {
                runner.join(TimeUnit.SECONDS.toMillis(1));
            } catch (InterruptedException e) {
                loop.stop();
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while goroutines of a bubble were running", e);
            }
            if (loop.turns() != turns) {
                turns = loop.turns();
                turnStart = System.nanoTime();
            } else if (runner.isAlive() && loop.current != null && System.nanoTime() - turnStart > TURN_TIMEOUT) {
                loop.stop();
                throw new HangError(loop.currentName(), loop.currentStack());
            }
        }
    }
}
