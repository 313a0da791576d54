package gofer.pipeline;

import static gofer.Go.goexit;
import static gofer.pipeline.PipelineLawsTest.all;
import static gofer.pipeline.PipelineLawsTest.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.chan.ChanClosedException;
import gofer.chan.Closed;
import gofer.chan.RecvChan;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.fixture.Nulls;
import gofer.goroutine.WaitReason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A failure anywhere ends the pipeline and reaches the reader.
class PipelineFailuresTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int LENGTH = 5;

    /// The failing stage, the position of the failing value, and the number of goroutines.
    static Stream<Arguments> places() {
        return IntStream.range(0, 4)
                .boxed()
                .flatMap(stage ->
                        IntStream.range(0, LENGTH)
                                .boxed()
                                .flatMap(value ->
                                        IntStream.rangeClosed(1, 3).mapToObj(n -> Arguments.of(stage, value, n))));
    }

    @ParameterizedTest
    @MethodSource("places")
    void failureIsTheCauseAtTheEnd(int stage, int position, int n) {
        var failure = new IOException("disk");
        Function<Integer, Mapper<Integer, Integer>> failing =
                index ->
                        (_, i) -> {
                            if (index == stage && i == position) throw failure;
                            return i;
                        };
        try (var p = Pipeline.withContext(Context.background())) {
            RecvChan<Integer> numbers =
                    p.produce((ctx, out) -> {
                        for (int i = 0; i < LENGTH; i++) out.send(ctx, failing.apply(0).map(ctx, i));
                    });
            RecvChan<Integer> mapped = p.map(numbers, n, failing.apply(1));
            RecvChan<Integer> filtered = p.filter(mapped, n, (ctx, i) -> failing.apply(2).map(ctx, i) >= 0);
            RecvChan<Integer> ordered = p.orderedMap(filtered, n, failing.apply(3));
            assertThatThrownBy(() -> all(p.batch(ordered, 2, HOUR)))
                    .isInstanceOf(ChanClosedException.class)
                    .cause()
                    .isSameAs(failure);
            assertThat(p.context().cause()).isInstanceOf(CanceledException.class).hasCause(failure);
        }
    }

    @Test
    void valuesBeforeAFailureAreRead() {
        var failure = new IllegalStateException("broken");
        try (var p = Pipeline.withContext(Context.background(), 2)) {
            RecvChan<Integer> chan =
                    p.produce((ctx, out) -> {
                        out.send(ctx, 1);
                        out.send(ctx, 2);
                        throw failure;
                    });
            Eventually.that("the producer fails", () -> chan.cause().isPresent());
            assertThat(List.of(chan.recv(), chan.recv())).containsExactly(1, 2);
            assertThatThrownBy(chan::recv).cause().isSameAs(failure);
        }
    }

    static Stream<BiFunction<Pipeline, RecvChan<Integer>, RecvChan<?>>> stages() {
        return Stream.of(
                (p, in) -> p.map(in, 2, (_, i) -> i),
                (p, in) -> p.orderedMap(in, 2, (_, i) -> i),
                (p, in) -> p.filter(in, 2, (_, _) -> true),
                (p, in) -> p.batch(in, 2),
                (p, in) -> p.batch(in, 2, HOUR),
                (p, in) -> p.merge(List.of(Chan.never(), in)),
                (p, in) -> p.split(in, 2, i -> i).getFirst(),
                (p, in) -> p.split(in, 2, i -> i).getLast(),
                (p, in) -> p.throttle(in, 2, HOUR));
    }

    @ParameterizedTest
    @MethodSource("stages")
    void causeOfAnInputIsTheFailureOfEachStage(BiFunction<Pipeline, RecvChan<Integer>, RecvChan<?>> stage) {
        var failure = new IOException("socket");
        Chan<Integer> in = Chan.make();
        in.close(failure);
        try (var p = Pipeline.withContext(Context.background())) {
            RecvChan<?> out = stage.apply(p, in);
            assertThatThrownBy(out::recv).cause().isSameAs(failure);
            assertThat(p.context().cause()).hasCause(failure);
        }
    }

    @ParameterizedTest
    @MethodSource("stages")
    void endOfTheParentEndsEachStage(BiFunction<Pipeline, RecvChan<Integer>, RecvChan<?>> stage) {
        var ended = new IllegalStateException("enough");
        var parent = Context.background().withCancel();
        try (var p = Pipeline.withContext(parent)) {
            RecvChan<?> out = stage.apply(p, Chan.never());
            parent.cancel(ended);
            assertThatThrownBy(out::recv).cause().isSameAs(ended);
        }
    }

    @Test
    void lastBatchIsReadBeforeTheCauseOfTheInput() {
        var failure = new IOException("socket");
        Chan<Integer> in = Chan.make(1);
        in.send(1);
        in.close(failure);
        try (var p = Pipeline.withContext(Context.background())) {
            RecvChan<List<Integer>> batches = p.batch(in, 2);
            assertThat(batches.recv()).containsExactly(1);
            assertThatThrownBy(batches::recv).cause().isSameAs(failure);
        }
    }

    @Test
    void failureEndsAStageThatWaitsForAnotherInput() {
        var failure = new IllegalStateException("broken");
        try (var p = Pipeline.withContext(Context.background())) {
            RecvChan<Integer> broken =
                    p.produce((_, _) -> {
                        throw failure;
                    });
            RecvChan<Integer> merged = p.merge(List.of(broken, Chan.<Integer>never()));
            assertThatThrownBy(merged::recv).cause().isSameAs(failure);
        }
    }

    @Test
    void nullIsAFailure() {
        try (var p = Pipeline.withContext(Context.background())) {
            assertThatThrownBy(() -> all(p.map(numbers(p, 3), 2, (_, _) -> Nulls.nothing())))
                    .cause()
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("the function of a pipeline stage returned null");
        }
        try (var p = Pipeline.withContext(Context.background())) {
            assertThatThrownBy(() -> all(p.filter(numbers(p, 3), 2, (_, _) -> Nulls.nothing())))
                    .cause()
                    .hasMessage("the function of a pipeline stage returned null");
        }
    }

    @Test
    void goexitIsAFailure() {
        try (var p = Pipeline.withContext(Context.background())) {
            RecvChan<Integer> chan =
                    p.orderedMap(
                            numbers(p, 3),
                            2,
                            (_, i) -> {
                                if (i == 1) throw goexit();
                                return i;
                            });
            assertThatThrownBy(() -> all(chan))
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("pipeline ordered map ended its goroutine by goexit");
        }
    }

    @Test
    void errorIsAlsoReported() {
        var error = new AssertionError("bug");
        Chan<Throwable> reported = Chan.make(1);
        try (var p = Pipeline.withContext(Context.background())) {
            RecvChan<Integer> chan =
                    p.produce((_, _) -> {
                        Thread.currentThread().setUncaughtExceptionHandler((_, thrown) -> reported.send(thrown));
                        throw error;
                    });
            assertThatThrownBy(chan::recv).cause().isSameAs(error);
        }
        assertThat(reported.recv()).isSameAs(error);
    }

    @Test
    void indexOfASplitMustExist() {
        try (var p = Pipeline.withContext(Context.background())) {
            for (RecvChan<Integer> part : p.split(numbers(p, 3), 2, _ -> 2)) {
                assertThatThrownBy(part::recv)
                        .cause()
                        .isInstanceOf(IndexOutOfBoundsException.class)
                        .hasMessageContaining("Index 2 out of bounds for length 2");
            }
        }
    }

    @Test
    void stageAddedAfterAFailureStartsNothing() {
        var failure = new IOException("disk");
        try (var p = Pipeline.withContext(Context.background())) {
            RecvChan<Integer> failed =
                    p.produce((_, _) -> {
                        throw failure;
                    });
            assertThat(failed.recvOk()).isEqualTo(new Closed<>());
            boolean[] called = {false};
            RecvChan<Integer> late = p.produce((_, _) -> called[0] = true);
            assertThatThrownBy(late::recv).cause().isSameAs(failure);
            assertThat(called[0]).isFalse();
        }
    }

    @Test
    void stageAddedAfterTheCloseStartsNothing() {
        var p = Pipeline.withContext(Context.background());
        p.close();
        p.close();
        RecvChan<Integer> late = p.map(Chan.<Integer>never(), 2, (_, i) -> i);
        assertThatThrownBy(late::recv).cause().isInstanceOf(CanceledException.class);
    }

    @Test
    void producerMayCloseItsChannel() {
        try (var p = Pipeline.withContext(Context.background())) {
            RecvChan<Integer> chan =
                    p.produce((ctx, out) -> {
                        out.send(ctx, 1);
                        out.close();
                    });
            assertThat(all(chan)).containsExactly(1);
        }
    }

    @Test
    void closeWaitsForAFunctionThatIgnoresTheContext() {
        Chan<Void> gate = Chan.make();
        Chan<Integer> entered = Chan.make(2);
        try (var crew = new Crew()) {
            var p = Pipeline.withContext(Context.background());
            RecvChan<Integer> chan =
                    p.map(
                            numbers(p, 2),
                            2,
                            (_, i) -> {
                                entered.send(i);
                                var _ = gate.recvOk();
                                return i;
                            });
            entered.recv();
            entered.recv();
            var closer =
                    crew.go(() -> {
                        p.close();
                        assertThat(Thread.interrupted()).as("the interrupt status is restored").isTrue();
                    });
            Eventually.blocked(closer, WaitReason.WAIT_GROUP_WAIT);
            closer.thread().interrupt();
            Eventually.that("the interrupt is noticed", () -> !closer.thread().isInterrupted());
            Eventually.blocked(closer, WaitReason.WAIT_GROUP_WAIT);
            gate.close();
            crew.join();
            assertThatThrownBy(chan::recv).cause().isInstanceOf(CanceledException.class);
        }
    }

    @Test
    void argumentsAreChecked() {
        Chan<Integer> in = Chan.make();
        try (var p = Pipeline.withContext(Context.background())) {
            for (Runnable call :
                    List.<Runnable>of(
                            () -> use(p.map(in, 0, (_, i) -> i)),
                            () -> use(p.orderedMap(in, 0, (_, i) -> i)),
                            () -> use(p.filter(in, 0, (_, _) -> true)),
                            () -> use(p.split(in, 0, i -> i)),
                            () -> use(p.throttle(in, 0, HOUR)))) {
                assertThatThrownBy(call::run)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("pipeline: n 0 is less than 1");
            }
            assertThatThrownBy(() -> use(p.batch(in, 0))).hasMessage("pipeline: size 0 is less than 1");
            assertThatThrownBy(() -> use(p.batch(in, 0, HOUR))).hasMessage("pipeline: size 0 is less than 1");
            assertThatThrownBy(() -> use(p.batch(in, 1, Duration.ZERO)))
                    .hasMessage("pipeline: maxWait PT0S is not positive");
            assertThatThrownBy(() -> use(p.throttle(in, 1, Duration.ofSeconds(-1))))
                    .hasMessage("pipeline: per PT-1S is not positive");
        }
        assertThatThrownBy(() -> use(Pipeline.withContext(Context.background(), -1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pipeline: capacity -1 is negative");
    }

    @Test
    void mergeOfNothingIsClosed() {
        try (var p = Pipeline.withContext(Context.background())) {
            assertThat(p.<Integer>merge(List.of()).recvOk()).isEqualTo(new Closed<>());
        }
    }

    private static void use(Object made) {
        assertThat(made).isNotNull();
    }
}
