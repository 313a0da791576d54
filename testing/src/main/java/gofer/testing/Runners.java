package gofer.testing;

import gofer.runtime.World;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Runs a world on a thread of its own, and watches it.
final class Runners {

    /// How long one turn of a goroutine may take, in nanoseconds.
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private Runners() {}

    /// Runs `body`, which runs `loop`, to its end. If a turn does not come back, leaves the thread alone and throws an
    /// [AssertionError] with its stack.
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
        long since = System.nanoTime();
        boolean interrupted = false;
        while (runner.isAlive()) {
            try {
                runner.join(TimeUnit.SECONDS.toMillis(1));
            } catch (InterruptedException e) {
                interrupted = true;
                runner.interrupt();
                break;
            }
            if (loop.turns() != turns) {
                turns = loop.turns();
                since = System.nanoTime();
            } else if (runner.isAlive() && loop.current != null && System.nanoTime() - since > PATIENCE) {
                var error =
                        new AssertionError("a goroutine computes, or is pinned to its thread, and does not come back");
                error.setStackTrace(loop.whereItIs());
                throw error;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while goroutines of a bubble were running");
        }
    }
}
