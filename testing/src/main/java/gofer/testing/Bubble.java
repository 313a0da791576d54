package gofer.testing;

import gofer.goroutine.Body;
import gofer.runtime.goroutine.Carriers;
import gofer.runtime.park.World;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A bubble for a test. The goroutines that the test starts belong to the bubble, and run one at a time. Time is virtual: it
/// begins at 2000-01-01T00:00:00Z, and when all goroutines are blocked it jumps to the next timer. A test that sleeps for a day
/// takes milliseconds.
///
/// {@snippet file="snippets/Bubbles.java" region="retry"}
///
/// A goroutine is blocked if it sleeps, if it waits on a channel, lock, wait group, condition or context of the bubble, or if
/// it waits in a class of `java.util.concurrent`. If it waits for I/O, for a monitor, or for an object made outside, the bubble
/// waits for it in real time, and its clock stands still. Objects made outside follow the real clock. Channels, contexts,
/// timers and most other objects made in a bubble cannot be used outside.
///
/// A bubble that fails stops there. Its blocked goroutines never continue, their `finally` blocks do not run, and they are
/// garbage collected. A lock made outside that one of them holds stays locked.
///
/// Requires the JVM option `-javaagent:gofer-testing.jar`. With it, `Thread.sleep`, timeouts of the JDK, `Instant.now` and
/// `System.nanoTime` follow the clock of the bubble too. `--add-opens=java.base/java.lang=ALL-UNNAMED` (`=gofer` on the module
/// path) is enough for Gofer's own types. Of the JDK, only `LockSupport.parkNanos` and `Object.wait` then follow the clock of
/// the bubble, and a bubble fails if all its goroutines are blocked and one of them waits on the real clock.
///
/// **Go:** `testing/synctest`.
public final class Bubble {

    private Bubble() {}

    /// Runs `body` in a new bubble, and returns when all goroutines of the bubble have ended. Rethrows what the body throws.
    ///
    /// Throws an [AssertionError] if an exception escapes another goroutine, if all goroutines are blocked and no timer is set,
    /// or if goroutines are blocked forever when the body has returned. The message shows what they wait for and what blocks
    /// them. Timers that are still set when the body has returned are dropped. Throws [IllegalStateException] if called in a
    /// bubble, or if the JVM does not let Gofer schedule virtual threads.
    public static void run(Body body) throws Exception {
        Objects.requireNonNull(body, "body");
        if (World.current() != null) {
            throw new IllegalStateException("Bubble.run called from within a bubble");
        }
        Body carried = Carriers.capture(body);
        var loop = new BubbleLoop();
        var thrown = new AtomicReference<@Nullable Throwable>();
        WorldRunner.run(
                loop,
                () ->
                        loop.run(() -> {
                            try {
                                carried.run();
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

    /// Waits until every other goroutine of the bubble is blocked or has ended. The clock does not advance.
    ///
    /// **Memory:** all actions of the other goroutines before this method returns happen before the return.
    ///
    /// Throws [IllegalStateException] outside of a bubble, or if another goroutine of the bubble already waits in this method.
    public static void await() {
        loop().await();
    }

    /// Sleeps for `d`, then waits as [#await] does. When it returns, everything that was due at that instant has happened.
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
