package gofer.testing;

import gofer.goroutine.Body;
import gofer.runtime.park.World;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Runs a test in a bubble: goroutines that it starts stay inside, one runs at a time, and time is virtual. It begins at
/// 2000-01-01T00:00:00Z and moves only when all are blocked, and then at once to the next timer: a test of a day takes
/// milliseconds.
///
/// {@snippet file="snippets/Bubbles.java" region="retry"}
///
/// Blocked are those that wait on channels, locks, wait groups, conditions or contexts of the bubble, that sleep, and
/// those that wait in something of `java.util.concurrent`. Who waits for I/O, a monitor, or something made outside is waited
/// for in real time: that keeps the real clock. What is made in a bubble and used outside is refused.
///
/// A bubble that fails ends there: goroutines that still wait never go on, their `finally` blocks do not run, and they are left
/// to the garbage collector. Locks made outside that they hold stay locked.
///
/// Needs the JVM option `-javaagent:gofer-testing.jar`. Then `Thread.sleep`, timeouts of the JDK, `Instant.now` and
/// `System.nanoTime` follow the clock of the bubble, too. With `--add-opens=java.base/java.lang=ALL-UNNAMED` instead (`=gofer`
/// on the module path) of these only `LockSupport.parkNanos` and `Object.wait` do, and a bubble fails in which all are
/// blocked and one of them waits by the real clock.
///
/// **Go:** `testing/synctest`.
public final class Bubble {

    private Bubble() {}

    /// Runs `body` in a bubble of its own, and returns when all goroutines of it have ended. What the body throws is thrown.
    ///
    /// Throws an [AssertionError] if an exception leaves another goroutine, if all are blocked and no timer is set, or if
    /// some are blocked for ever when the body is over: with what they wait for and who is in the way. Timers that are
    /// set then are dropped. Throws [IllegalStateException] in a bubble, or if the JVM does not let goroutines be
    /// scheduled.
    public static void run(Body body) throws Exception {
        Objects.requireNonNull(body, "body");
        if (World.current() != null) {
            throw new IllegalStateException("Bubble.run called from within a bubble");
        }
        var loop = new BubbleLoop();
        var thrown = new AtomicReference<@Nullable Throwable>();
        WorldRunner.run(
                loop,
                () ->
                        loop.run(() -> {
                            try {
                                body.run();
                            } catch (Throwable failed) {
                                thrown.set(failed);
                                throw failed;
                            }
                        }));
        Failure failure = loop.failure;
        if (failure == null) {
            return;
        }
        Throwable cause = failure.thrown();
        if (cause == null || cause != thrown.get()) {
            throw failure.error(failure.text());
        }
        switch (cause) {
            case Exception exception -> throw exception;
            case Error error -> throw error;
            default -> throw new ExecutionException(cause);
        }
    }

    /// Waits until every other goroutine of the bubble is blocked or has ended; the clock does not move.
    ///
    /// **Memory:** what they have done by then happens before the return.
    ///
    /// Throws [IllegalStateException] outside of a bubble, or while another goroutine of it waits likewise.
    public static void await() {
        loop().await();
    }

    /// Sleeps for `d`, and then waits as [#await] does: so that what happens at that instant has happened.
    public static void sleep(Duration d) {
        Loop loop = loop();
        gofer.Go.sleep(d);
        loop.await();
    }

    private static Loop loop() {
        if (World.current() instanceof Loop loop) {
            return loop;
        }
        throw new IllegalStateException("goroutine is not in a bubble");
    }
}
