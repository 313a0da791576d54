package gofer.conformance.bubble;

import gofer.fixture.Eventually;
import gofer.goroutine.Body;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Actions outside of a bubble while it runs.
final class Outside {

    private Outside() {}

    /// Runs `body` on a thread outside of the caller's bubble, while the caller keeps its turn. Returns the exception of `body`,
    /// or null.
    static @Nullable Throwable call(Body body) {
        var thrown = new AtomicReference<@Nullable Throwable>();
        Thread thread =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                body.run();
                            } catch (Throwable e) {
                                thrown.set(e);
                            }
                        });
        while (thread.isAlive()) Thread.onSpinWait();
        return thrown.get();
    }

    /// Ignores the result of a call.
    static void use(@Nullable Object returned) {}

    /// Starts a thread that runs `body` as soon as a bubble waits for something outside. The caller runs that bubble next.
    static void whenTheBubbleWaits(Body body) {
        Thread.ofPlatform()
                .start(() -> {
                    Eventually.that("the bubble waits", Outside::isBubbleWaiting);
                    try {
                        body.run();
                    } catch (Throwable e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    /// Returns whether a bubble waits for something outside.
    static boolean isBubbleWaiting() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread ->
                        thread.getName().endsWith("(bubble)") && thread.getState() == Thread.State.TIMED_WAITING);
    }
}
