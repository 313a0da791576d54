package gofer.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.Value;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.fixture.Rounds;
import gofer.goroutine.Goroutine;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultGroupTest {

    private final IOException one = new IOException("one");
    private final IllegalStateException enough = new IllegalStateException("enough");

    private static ResultGroup<Integer> withContext() {
        return ResultGroup.withContext(Context.background());
    }

    /// The tasks end in random orders. With a limit of `n`, the first `n` can end in any order.
    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 2, 5})
    void resultsAreInTheOrderOfTheStarts(int limit) throws Exception {
        Random random = new Random(7);
        for (int round = 0; round < Rounds.of(2_000); round++) {
            var group = withContext().limit(limit);
            int free = limit < 0 ? 5 : limit;
            List<Chan<Void>> gates = new ArrayList<>();
            for (int i = 0; i < free; i++) {
                int n = i;
                Chan<Void> gate = Chan.make();
                gates.add(gate);
                group.go(_ -> {
                    var _ = gate.recvOk();
                    return n;
                });
            }
            Collections.shuffle(gates, random);
            gates.forEach(Chan::close);
            for (int i = free; i < 8; i++) {
                int n = i;
                group.go(_ -> n);
            }
            assertThat(group.await()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        }
    }

    @Test
    void emptyGroupHasNoResults() throws Exception {
        assertThat(withContext().await()).isEmpty();
        assertThat(new ResultGroup<Integer>().awaitOutcomes()).isEmpty();
    }

    @Test
    void firstFailureCancelsTheContextAndIsThrown() {
        var group = withContext();
        Chan<Throwable> cause = Chan.make(1);
        group.go(ctx -> {
            var _ = ctx.done().recvOk();
            cause.send(Objects.requireNonNull(ctx.cause()));
            throw enough;
        });
        group.go(_ -> {
            throw one;
        });
        assertThatThrownBy(group::await).isSameAs(one);
        assertThatThrownBy(group::await).as("again").isSameAs(one);
        assertThat(cause.recv()).hasCause(one);
        assertThat(group.awaitOutcomes()).containsExactly(new Failure<>(enough), new Failure<>(one));
    }

    @Test
    void withoutAContextAFailureCancelsNothing() {
        var group = new ResultGroup<Integer>().limit(1);
        group.go(_ -> 1);
        group.go(_ -> {
            throw one;
        });
        group.go(ctx -> ctx.isDone() ? 0 : 3);
        assertThat(group.awaitOutcomes()).containsExactly(new Success<>(1), new Failure<>(one), new Success<>(3));
        assertThatThrownBy(group::await).isSameAs(one);
    }

    @Test
    void nothingStartsAfterAFailure() {
        var group = withContext().limit(1);
        AtomicInteger started = new AtomicInteger();
        for (int i = 0; i < 10; i++) {
            group.go(_ -> {
                if (started.incrementAndGet() == 3) {
                    throw enough;
                }
                return started.get();
            });
        }
        assertThatThrownBy(group::await).isSameAs(enough);
        assertThat(started).hasValue(3);
        assertThat(group.awaitOutcomes())
                .hasSize(10)
                .startsWith(new Success<>(1), new Success<>(2))
                .endsWith(new Failure<>(enough));
    }

    @Test
    void startInACancelledParentFailsTheGroup() {
        var parent = Context.background().withCancel();
        var group = ResultGroup.<Integer>withContext(parent).limit(1);
        Chan<Void> gate = Chan.make();
        group.go(_ -> {
            var _ = gate.recvOk();
            return 1;
        });
        try (var crew = new Crew()) {
            Goroutine starter = crew.go(() -> group.go(_ -> 2));
            Eventually.blocked(starter, WaitReason.SEMAPHORE_ACQUIRE);
            parent.cancel(enough);
        }
        gate.close();
        assertThatThrownBy(group::await).isSameAs(enough);
        assertThat(group.awaitOutcomes()).containsExactly(new Success<>(1), new Failure<>(enough));
    }

    @Test
    void resultsAreKeptIfTheParentIsCancelledTooLate() throws Exception {
        var parent = Context.background().withCancel();
        var group = ResultGroup.<Integer>withContext(parent);
        group.go(_ -> 1);
        assertThat(group.await()).containsExactly(1);
        parent.cancel(enough);
        assertThat(group.await()).containsExactly(1);
    }

    @Test
    void interruptedStartDoesNotCount() throws Exception {
        var group = withContext().limit(1);
        Chan<Void> gate = Chan.make();
        group.go(_ -> {
            var _ = gate.recvOk();
            return 1;
        });
        try (var crew = new Crew()) {
            Goroutine starter =
                    crew.go(() -> assertThatThrownBy(() -> group.go(_ -> 2)).isInstanceOf(InterruptException.class));
            Eventually.blocked(starter, WaitReason.SEMAPHORE_ACQUIRE);
            starter.thread().interrupt();
        }
        gate.close();
        assertThat(group.await()).containsExactly(1);
    }

    @Test
    void interruptedAwaitLeavesTheTasksRunning() throws Exception {
        var group = withContext();
        Chan<Void> gate = Chan.make();
        group.go(ctx -> {
            var _ = gate.recvOk();
            return ctx.isDone() ? 0 : 1;
        });
        try (var crew = new Crew()) {
            Goroutine waiter = crew.go(() -> assertThatThrownBy(group::await).isInstanceOf(InterruptException.class));
            Eventually.blocked(waiter, WaitReason.WAIT_GROUP_WAIT);
            waiter.thread().interrupt();
        }
        gate.close();
        assertThat(group.await()).containsExactly(1);
    }

    @Test
    @SuppressWarnings("NullAway")
    void taskWithoutAResultFails() {
        var group = new ResultGroup<Integer>().limit(1);
        group.go(_ -> null);
        group.go(_ -> {
            throw Go.goexit();
        });
        assertThat(group.awaitOutcomes())
                .extracting(outcome -> ((Failure<Integer>) outcome).thrown().toString())
                .containsExactly(
                        "java.lang.NullPointerException: task returned null",
                        "java.lang.IllegalStateException: task ended by goexit, without a result");
        assertThatThrownBy(group::await).isInstanceOf(NullPointerException.class);
    }

    @Test
    void errorIsReportedAndThrown() {
        AssertionError error = new AssertionError("expected in a test");
        Chan<Throwable> reported = Chan.make(1);
        var group = withContext();
        group.go(
                "wrong",
                _ -> {
                    Thread.currentThread().setUncaughtExceptionHandler((_, thrown) -> reported.send(thrown));
                    throw error;
                });
        assertThatThrownBy(group::await).isSameAs(error);
        assertThat(reported.tryRecv()).isEqualTo(new Value<>(error));
        assertThat(group.awaitOutcomes()).containsExactly(new Failure<>(error));
    }

    @Test
    void groupStartsNothingAfterAwait() throws Exception {
        var group = withContext();
        assertThat(group.await()).isEmpty();
        group.go(_ -> 1);
        assertThatThrownBy(group::await).isInstanceOf(CanceledException.class);
    }

    /// Tasks start tasks, and fail or not. Each task has its outcome.
    @Test
    void noOutcomeIsLost() {
        int n = Rounds.of(2_000);
        var group = new ResultGroup<Integer>().limit(1000);
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < n; i++) {
            int odd = i % 2;
            group.go(_ -> {
                if (odd == 1) {
                    throw one;
                }
                return ran.incrementAndGet();
            });
        }
        try (var crew = new Crew()) {
            for (int i = 0; i < 4; i++) {
                crew.go(() -> {
                    for (int k = 0; k < n; k++) {
                        group.go(_ -> ran.incrementAndGet());
                    }
                });
            }
        }
        List<Outcome<Integer>> all = group.awaitOutcomes();
        assertThat(all).hasSize(5 * n);
        assertThat(all.stream().filter(new Failure<Integer>(one)::equals)).hasSize(n / 2);
        assertThat(all.stream().mapMulti(ResultGroupTest::value).sorted())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, ran.get()).boxed().toList());
    }

    private static void value(Outcome<Integer> outcome, Consumer<Integer> values) {
        if (outcome instanceof Success(Integer value)) {
            values.accept(value);
        }
    }

    /// The group keeps no task after its end. So 10^5 tasks with large captures need no more than their results.
    @Test
    void groupKeepsOnlyTheResults() throws Exception {
        var group = withContext().limit(16);
        List<WeakReference<byte[]>> captured = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[16];
            captured.add(new WeakReference<>(bytes));
            group.go(_ -> bytes.length);
        }
        assertThat(group.await()).hasSize(100_000).containsOnly(16);
        Eventually.that(
                "no task is kept",
                () -> {
                    System.gc();
                    return captured.stream().allMatch(bytes -> bytes.refersTo(null));
                });
        assertThat(group.await()).hasSize(100_000);
    }
}
