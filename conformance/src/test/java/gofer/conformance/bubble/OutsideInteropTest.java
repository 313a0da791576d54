package gofer.conformance.bubble;

import static gofer.Go.after;
import static gofer.Go.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.chan.Closed;
import gofer.chan.RecvChan;
import gofer.context.Context;
import gofer.goroutine.Body;
import gofer.goroutine.FatalError;
import gofer.interop.Futures;
import gofer.interop.GoExecutor;
import gofer.testing.Bubble;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Futures and executors in bubbles, and across their border.
class OutsideInteropTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void waitsTakeVirtualTime() throws Exception {
        Bubble.run(() -> {
            try (var executor = new GoExecutor(1)) {
                executor.execute(() -> sleep(HOUR));
                executor.execute(() -> sleep(HOUR));
                executor.shutdown();
                assertThat(executor.awaitTermination(90, TimeUnit.MINUTES)).isFalse();
                assertThat(executor.awaitTermination(90, TimeUnit.MINUTES)).isTrue();
            }
            RecvChan<Integer> chan =
                    Futures.chan(
                            Futures.go(
                                    Context.background(),
                                    _ -> {
                                        sleep(HOUR);
                                        return 1;
                                    }));
            assertThat(chan.recv()).isEqualTo(1);
            assertThat(chan.recvOk()).isEqualTo(new Closed<>());
            assertThat(after(Duration.ZERO).recv()).isEqualTo("2000-01-01T03:00:00Z");
        });
    }

    /// With the JDK's `close`, virtual days would pass forever.
    @Test
    void closeThatNeverReturnsIsReported() {
        assertThatThrownBy(() ->
                        Bubble.run(() -> {
                            try (var executor = new GoExecutor(1)) {
                                executor.execute(() -> RecvChan.<Integer>never().recv());
                            }
                        }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("sync.WaitGroup.Wait");
    }

    @Test
    void executorOfABubbleIsRefusedOutside() throws Exception {
        Bubble.run(() -> {
            try (var executor = new GoExecutor(1)) {
                for (Body call :
                        new Body[] {
                            () -> executor.execute(() -> {}),
                            executor::shutdown,
                            () -> Outside.use(executor.shutdownNow()),
                            () -> Outside.use(executor.isTerminated()),
                            executor::close
                        }) {
                    assertThat(Outside.call(call))
                            .isInstanceOf(FatalError.class)
                            .hasMessage("executor of a bubble is used outside of it");
                }
            }
        });
    }

    @Test
    void outsideExecutorRunsTasksInside() throws Exception {
        try (var executor = new GoExecutor(1)) {
            Bubble.run(() -> {
                executor.submit(() -> sleep(HOUR)).get();
                assertThat(after(Duration.ZERO).recv()).isEqualTo("2000-01-01T01:00:00Z");
            });
        }
    }

    /// The completion cannot reach the channel, so the test fails. The reason is reported outside.
    @Test
    void futureThatIsCompletedOutsideFailsTheTest() {
        Chan<Throwable> reports = Chan.make(1);
        var before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((_, thrown) -> reports.send(thrown));
        try {
            expectFailure();
            assertThat(reports.recv())
                    .isInstanceOf(FatalError.class)
                    .hasMessageContaining("of a bubble is used outside of it");
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    private static void expectFailure() {
        assertThatThrownBy(() ->
                        Bubble.run(() -> {
                            CompletableFuture<Integer> future = new CompletableFuture<>();
                            RecvChan<Integer> chan = Futures.chan(future);
                            assertThat(Outside.call(() -> future.complete(1))).isNull();
                            chan.recv();
                        }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("waits to receive from chan");
    }
}
