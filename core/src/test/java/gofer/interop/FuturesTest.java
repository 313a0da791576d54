package gofer.interop;

import static gofer.Go.goexit;
import static gofer.Go.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.chan.ChanClosedException;
import gofer.chan.Closed;
import gofer.chan.First;
import gofer.chan.RecvChan;
import gofer.chan.Second;
import gofer.chan.Value;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.fixture.Rounds;
import gofer.goroutine.WaitReason;
import gofer.group.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FuturesTest {

    private final CompletableFuture<String> future = new CompletableFuture<>();

    @Test
    void resultArrivesOnceAndTheChannelIsClosed() {
        RecvChan<String> chan = Futures.chan(future);
        try (var crew = new Crew()) {
            var reader = crew.go(() -> assertThat(chan.recv()).isEqualTo("result"));
            Eventually.blocked(reader, WaitReason.CHAN_RECEIVE);
            future.complete("result");
        }
        assertThat(chan.recvOk()).isEqualTo(new Closed<>());
        assertThat(chan.cause()).isEmpty();
        assertThat(Futures.<String>chan(future).recv()).as("of a future that is done").isEqualTo("result");
    }

    @Test
    void nullClosesTheChannel() {
        RecvChan<Void> chan = Futures.chan(CompletableFuture.runAsync(() -> {}));
        assertThat(chan.recvOk()).isEqualTo(new Closed<>());
        assertThat(chan.cause()).isEmpty();
    }

    @Test
    void failureIsTheCauseOfTheClose() {
        var failure = new IOException("disk");
        RecvChan<String> direct = Futures.chan(future);
        RecvChan<Integer> dependent = Futures.chan(future.thenApply(String::length));
        future.completeExceptionally(failure);
        assertThat(direct.recvOk()).isEqualTo(new Closed<>());
        assertThat(direct.cause()).containsSame(failure);
        assertThatThrownBy(dependent::recv).isInstanceOf(ChanClosedException.class).cause().isSameAs(failure);
    }

    @Test
    void cancellationIsTheCauseOfTheClose() {
        RecvChan<String> chan = Futures.chan(future);
        future.cancel(false);
        assertThat(chan.cause().orElseThrow()).isInstanceOf(CancellationException.class);
    }

    @Test
    void selectsThatTheFutureLosesLeaveNothingBehind() {
        RecvChan<String> chan = Futures.chan(future);
        Chan<Integer> other = Chan.make();
        int rounds = Rounds.of(1_000_000);
        try (var crew = new Crew()) {
            crew.go(() -> {
                for (int i = 0; i < rounds; i++) other.send(i);
            });
            crew.go(() -> {
                for (int i = 0; i < rounds; i++) {
                    assertThat(select(chan, other)).isEqualTo(new Second<>(new Value<>(i)));
                }
            });
        }
        assertThat(future.getNumberOfDependents()).isEqualTo(1);
        future.complete("result");
        assertThat(select(chan, other)).isEqualTo(new First<>(new Value<>("result")));
        assertThat(future.getNumberOfDependents()).isZero();
    }

    @Test
    void goroutineCompletesTheFuture() {
        assertThat(Futures.go(Context.background(), _ -> "result").join()).isEqualTo("result");
        Task<@Nullable String> nothing = _ -> null;
        assertThat(Futures.go(Context.background(), nothing).join()).isNull();
    }

    @Test
    void exceptionOfTheWorkFailsTheFuture() {
        var failure = new IOException("disk");
        var failed =
                Futures.go(
                        Context.background(),
                        _ -> {
                            throw failure;
                        });
        assertThatThrownBy(failed::join).isInstanceOf(CompletionException.class).cause().isSameAs(failure);
    }

    /// Every way to complete the future ends a wait of the work.
    @Test
    void completionOfTheFutureEndsTheWork() {
        Chan<Throwable> ends = Chan.make();
        CompletableFuture<String> cancelled = Futures.go(Context.background(), ctx -> waiting(ctx, ends));
        cancelled.cancel(true);
        assertThat(ends.recv()).isInstanceOf(CanceledException.class);
        assertThat(cancelled).isCancelled();
        CompletableFuture<String> late = Futures.go(Context.background(), ctx -> waiting(ctx, ends));
        late.orTimeout(1, TimeUnit.MILLISECONDS);
        assertThat(ends.recv()).isInstanceOf(CanceledException.class);
        CompletableFuture<String> done = Futures.go(Context.background(), ctx -> waiting(ctx, ends));
        done.complete("elsewhere");
        assertThat(ends.recv()).isInstanceOf(CanceledException.class);
        assertThat(done.join()).isEqualTo("elsewhere");
    }

    private static String waiting(Context ctx, Chan<Throwable> ends) {
        try {
            return RecvChan.<String>never().recv(ctx);
        } catch (RuntimeException end) {
            ends.send(end);
            throw end;
        }
    }

    @Test
    void contextOfTheWorkEndsWithIt() {
        Context[] seen = new Context[1];
        Futures.go(Context.background().withValue("key", "value"), ctx -> seen[0] = ctx).join();
        assertThat(seen[0].done().recvOk()).isEqualTo(new Closed<>());
        assertThat(seen[0].value("key")).isEqualTo("value");
    }

    @Test
    void endOfTheParentReachesTheWork() {
        var parent = Context.background().withCancel();
        CompletableFuture<String> work = Futures.go(parent, ctx -> RecvChan.<String>never().recv(ctx));
        parent.cancel(new IllegalStateException("enough"));
        assertThatThrownBy(work::join).cause().isInstanceOf(IllegalStateException.class).hasMessage("enough");
    }

    @Test
    void errorFailsTheFutureAndIsReported() {
        Chan<Throwable> reported = Chan.make(1);
        var error = new AssertionError("broken");
        var failed =
                Futures.go(
                        Context.background(),
                        _ -> {
                            Thread.currentThread().setUncaughtExceptionHandler((_, thrown) -> reported.send(thrown));
                            throw error;
                        });
        assertThatThrownBy(failed::join).cause().isSameAs(error);
        assertThat(reported.recv()).isSameAs(error);
    }

    @Test
    void goexitFailsTheFuture() {
        var ended =
                Futures.go(
                        Context.background(),
                        _ -> {
                            throw goexit();
                        });
        assertThatThrownBy(ended::join)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the work ended its goroutine by goexit");
    }

    /// The recipe of the documentation.
    @Test
    void plainFutureBecomesAChannel() throws Exception {
        var task = new FutureTask<>(() -> "result");
        RecvChan<String> chan = Futures.chan(Futures.go(Context.background(), _ -> task.get()));
        task.run();
        try (var ctx = Context.background().withTimeout(Duration.ofSeconds(60))) {
            assertThat(chan.recv(ctx)).isEqualTo("result");
        }
    }
}
