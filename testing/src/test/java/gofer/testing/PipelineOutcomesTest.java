package gofer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.chan.ChanClosedException;
import gofer.chan.RecvChan;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.pipeline.Pipeline;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Pipelines in all schedules of small programs. An exploration also reports each goroutine that is left.
class PipelineOutcomesTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final StringBuilder seen = new StringBuilder();

    /// A stage whose input is the given channel.
    interface Stage extends BiFunction<Pipeline, RecvChan<Integer>, RecvChan<?>> {}

    private static Arguments stage(String name, Stage stage, String outcomes) {
        return Arguments.of(Named.of(name, stage), outcomes);
    }

    private static Pipeline pipeline() {
        return Pipeline.withContext(Context.background());
    }

    private static Chan<Integer> closed(int... values) {
        Chan<Integer> chan = Chan.make(values.length);
        for (int value : values) chan.send(value);
        chan.close();
        return chan;
    }

    private static RecvChan<Integer> endless(Pipeline p) {
        return p.produce((ctx, out) -> {
            while (true) out.send(ctx, 1);
        });
    }

    private static int failAt(int position, int value) {
        if (value == position) throw new IllegalStateException("failed");
        return value;
    }

    /// Writes down the values and the cause.
    private void read(RecvChan<?> chan) {
        try {
            chan.forEach(seen::append);
        } catch (ChanClosedException failed) {
            Throwable cause = Objects.requireNonNull(failed.getCause());
            seen.append(cause instanceof CanceledException ? "cancelled" : cause.getMessage());
        }
    }

    /// Returns the outcomes of a pipeline that is read to its end.
    private String results(Stage stage, int... values) {
        return Outcomes.of(
                seen,
                () -> {
                    try (var p = pipeline()) {
                        read(stage.apply(p, closed(values)));
                    }
                });
    }

    @Test
    void mapSendsResultsAsTheyCome() {
        assertThat(results((p, in) -> p.map(in, 2, (_, i) -> i), 1, 2)).isEqualTo("[12, 21]");
    }

    @Test
    void orderedMapKeepsTheOrder() {
        assertThat(results((p, in) -> p.orderedMap(in, 2, (_, i) -> i), 1, 2)).isEqualTo("[12]");
    }

    @Test
    void filterDropsValues() {
        assertThat(results((p, in) -> p.filter(in, 2, (_, i) -> i > 1), 1, 2)).isEqualTo("[2]");
    }

    @Test
    void batchesAreFull() {
        assertThat(results((p, in) -> p.batch(in, 2), 1, 2, 3)).isEqualTo("[[1, 2][3]]");
        assertThat(results((p, in) -> p.batch(in, 2, HOUR), 1, 2, 3)).isEqualTo("[[1, 2][3]]");
    }

    @Test
    void throttlePassesAllValues() {
        assertThat(results((p, in) -> p.throttle(in, 1, HOUR), 1, 2)).isEqualTo("[12]");
    }

    @Test
    void mergeTakesFromBoth() {
        assertThat(results((p, in) -> p.merge(List.of(in, closed(2))), 1)).isEqualTo("[12, 21]");
    }

    @Test
    void splitSendsEachValueToItsChannel() {
        assertThat(
                        Outcomes.of(
                                seen,
                                () -> {
                                    try (var p = Pipeline.withContext(Context.background(), 1)) {
                                        for (var part : p.split(closed(1, 2), 2, i -> 2 - i)) read(part);
                                    }
                                }))
                .isEqualTo("[21]");
    }

    @Test
    void stagesPassValuesOn() {
        assertThat(results((p, _) -> p.map(p.<Integer>produce((ctx, out) -> out.send(ctx, 1)), 1, (_, i) -> i)))
                .isEqualTo("[1]");
    }

    /// The other value is sent before the failure, or dropped.
    @Test
    void failureOfAMap() {
        assertThat(results((p, in) -> p.map(in, 2, (_, i) -> failAt(2, i)), 1, 2)).isEqualTo("[1failed, failed]");
    }

    @Test
    void failureOfAnOrderedMap() {
        assertThat(results((p, in) -> p.orderedMap(in, 2, (_, i) -> failAt(1, i)), 1, 2)).isEqualTo("[failed]");
    }

    @Test
    void failureStopsTheProducer() {
        assertThat(results((p, _) -> p.map(endless(p), 1, (_, i) -> failAt(1, i)))).isEqualTo("[failed]");
    }

    /// Returns the outcomes of a pipeline from which one value is read.
    private String early(Stage stage, int... values) {
        return Outcomes.of(
                seen,
                () -> {
                    try (var p = pipeline()) {
                        seen.append(stage.apply(p, closed(values)).recv());
                    }
                });
    }

    static Stream<Arguments> earlyStops() {
        return Stream.of(
                stage("produce", (p, _) -> endless(p), "[1]"),
                stage("map", (p, in) -> p.map(in, 1, (_, i) -> i), "[1]"),
                stage("parallel map", (p, in) -> p.map(in, 2, (_, i) -> i), "[1, 2]"),
                stage("ordered map", (p, in) -> p.orderedMap(in, 2, (_, i) -> i), "[1]"),
                stage("merge", (p, in) -> p.merge(List.of(in, closed(3))), "[1, 3]"),
                stage("batch", (p, in) -> p.batch(in, 1, HOUR), "[[1]]"),
                stage("throttle", (p, in) -> p.throttle(in, 1, HOUR), "[1]"));
    }

    @ParameterizedTest
    @MethodSource("earlyStops")
    void earlyStopLeavesNothing(Stage stage, String expected) {
        assertThat(early(stage, 1, 2)).isEqualTo(expected);
    }

    @Test
    void closeOfAStreamLeavesNothing() {
        assertThat(
                        Outcomes.of(
                                seen,
                                () -> {
                                    var p = pipeline();
                                    try (var stream = p.stream(endless(p))) {
                                        stream.findFirst().ifPresent(seen::append);
                                    }
                                }))
                .isEqualTo("[1]");
    }

    /// Returns the outcomes of a pipeline while its parent is cancelled.
    private String cancelled(Stage stage, Chan<Integer> in) {
        return Outcomes.of(
                seen,
                () -> {
                    var parent = Context.background().withCancel();
                    var wg = new WaitGroup();
                    wg.go(parent::cancel);
                    try (var p = Pipeline.withContext(parent)) {
                        read(stage.apply(p, in));
                    }
                    wg.await();
                });
    }

    static Stream<Arguments> waits() {
        return Stream.of(
                stage("produce", (p, in) -> p.produce((ctx, out) -> out.send(ctx, in.recv(ctx))), "[cancelled]"),
                stage("map", (p, in) -> p.map(in, 2, (_, i) -> i), "[cancelled]"),
                stage("ordered map", (p, in) -> p.orderedMap(in, 2, (_, i) -> i), "[cancelled]"),
                stage("merge", (p, in) -> p.merge(List.of(in, in)), "[cancelled]"),
                stage("batch", (p, in) -> p.batch(in, 2, HOUR), "[cancelled]"),
                stage("throttle", (p, in) -> p.throttle(in, 1, HOUR), "[cancelled]"));
    }

    @ParameterizedTest
    @MethodSource("waits")
    void cancellationEndsEachStage(Stage stage, String expected) {
        assertThat(cancelled(stage, Chan.never())).isEqualTo(expected);
    }

    /// The reader gets the values that come before the cancellation.
    @Test
    void cancellationRacesWithTheEnd() {
        assertThat(cancelled((p, _) -> p.map(closed(1), 1, (_, i) -> i), Chan.never()))
                .isEqualTo("[1, 1cancelled, cancelled]");
    }
}
