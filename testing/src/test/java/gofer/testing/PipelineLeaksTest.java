package gofer.testing;

import static gofer.Go.numGoroutine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.RecvChan;
import gofer.context.CancelContext;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.pipeline.Pipeline;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A pipeline with all kinds of stages leaves no goroutine: wherever it is read, fails or is cancelled.
class PipelineLeaksTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int STAGES = 8;
    private static final int WITH_FUNCTIONS = 5;
    private static final int NONE = -1;

    /// The capacity of the channels, the stage that is read, and the number of values that are read.
    static Stream<Arguments> reads() {
        return IntStream.range(0, 3)
                .boxed()
                .flatMap(capacity ->
                        IntStream.range(0, STAGES)
                                .boxed()
                                .flatMap(stage ->
                                        IntStream.range(0, 6)
                                                .mapToObj(values -> Arguments.of(capacity, stage, values))));
    }

    /// The capacity of the channels, the stage that fails, and the value at which it fails.
    static Stream<Arguments> failures() {
        return IntStream.range(0, 3)
                .boxed()
                .flatMap(capacity ->
                        IntStream.range(0, WITH_FUNCTIONS)
                                .boxed()
                                .flatMap(stage ->
                                        Stream.of(1, 4, 20).map(value -> Arguments.of(capacity, stage, value))));
    }

    @ParameterizedTest
    @MethodSource("reads")
    void earlyStop(int capacity, int stage, int values) throws Exception {
        Bubble.run(() -> {
            try (var p = Pipeline.withContext(Context.background(), capacity)) {
                read(stages(p, NONE, NONE).get(stage), values);
                assertThat(numGoroutine()).isGreaterThan(STAGES);
            }
            assertThat(numGoroutine()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @MethodSource("reads")
    void closeOfAStream(int capacity, int stage, int values) throws Exception {
        Bubble.run(() -> {
            var p = Pipeline.withContext(Context.background(), capacity);
            try (var stream = p.stream(stages(p, NONE, NONE).get(stage))) {
                assertThat(stream.limit(values).count()).isEqualTo(values);
                assertThat(numGoroutine()).isGreaterThan(STAGES);
            }
            assertThat(numGoroutine()).isEqualTo(1);
        });
    }

    /// All goroutines end before the close.
    @ParameterizedTest
    @MethodSource("reads")
    void cancellation(int capacity, int stage, int values) throws Exception {
        Bubble.run(() -> {
            CancelContext parent = Context.background().withCancel();
            try (var p = Pipeline.withContext(parent, capacity)) {
                RecvChan<?> chan = stages(p, NONE, NONE).get(stage);
                read(chan, values);
                assertThat(numGoroutine()).isGreaterThan(STAGES);
                parent.cancel();
                Bubble.await();
                assertThat(numGoroutine()).isEqualTo(1);
                assertThatThrownBy(() -> chan.forEach(_ -> {})).cause().isInstanceOf(CanceledException.class);
            }
        });
    }

    /// All goroutines end before the close.
    @ParameterizedTest
    @MethodSource("failures")
    void failure(int capacity, int stage, int value) throws Exception {
        Bubble.run(() -> {
            try (var p = Pipeline.withContext(Context.background(), capacity)) {
                List<RecvChan<?>> stages = stages(p, stage, value);
                assertThatThrownBy(() -> stages.getLast().forEach(_ -> {})).cause().hasMessage("stage " + stage);
                Bubble.await();
                assertThat(numGoroutine()).isEqualTo(1);
            }
        });
    }

    private static void read(RecvChan<?> chan, int values) {
        for (int i = 0; i < values; i++) chan.recv();
    }

    /// Adds all kinds of stages. The function of the stage `failing` throws for `value`.
    private static List<RecvChan<?>> stages(Pipeline p, int failing, int value) {
        RecvChan<Integer> endless =
                p.produce((ctx, out) -> {
                    for (int i = 0; true; i++) out.send(ctx, pass(i, failing == 0 && i == value, 0));
                });
        RecvChan<Integer> mapped = p.map(endless, 2, (_, i) -> pass(i, failing == 1 && i == value, 1));
        RecvChan<Integer> ordered = p.orderedMap(mapped, 3, (_, i) -> pass(i, failing == 2 && i == value, 2));
        RecvChan<Integer> filtered = p.filter(ordered, 2, (_, i) -> pass(i, failing == 3 && i == value, 3) % 3 > 0);
        List<RecvChan<Integer>> parts =
                p.split(filtered, 2, i -> pass(0, failing == 4 && i == value, 4)); // a test may read only the first
        RecvChan<Integer> merged = p.merge(parts);
        RecvChan<Integer> throttled = p.throttle(merged, 2, SECOND);
        RecvChan<List<Integer>> batches = p.batch(throttled, 3, SECOND);
        return List.of(endless, mapped, ordered, filtered, parts.getFirst(), merged, throttled, batches);
    }

    private static int pass(int i, boolean fails, int stage) {
        if (fails) throw new IllegalStateException("stage " + stage);
        return i;
    }
}
