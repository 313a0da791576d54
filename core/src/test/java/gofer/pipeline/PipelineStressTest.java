package gofer.pipeline;

import static gofer.pipeline.PipelineLawsTest.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.RecvChan;
import gofer.context.Context;
import gofer.fixture.Rounds;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Long pipelines under load: each value arrives once, or the pipeline ends.
class PipelineStressTest {

    private static final Duration MILLI = Duration.ofMillis(1);

    /// A pipeline with all stages. Adds the functions that run at the moment to `active`.
    private static RecvChan<List<Integer>> build(Pipeline p, int length, AtomicInteger active) {
        List<RecvChan<Integer>> parts = p.split(numbers(p, length), 3, i -> i % 3);
        RecvChan<Integer> mapped = p.map(parts.get(0), 4, (_, i) -> i);
        RecvChan<Integer> ordered = p.orderedMap(parts.get(1), 4, (_, i) -> i);
        RecvChan<Integer> filtered = p.filter(parts.get(2), 4, (_, _) -> true);
        RecvChan<Integer> merged = p.merge(List.of(mapped, ordered, filtered));
        RecvChan<Integer> counted =
                p.orderedMap(
                        merged,
                        3,
                        (_, i) -> {
                            active.incrementAndGet();
                            try {
                                return i;
                            } finally {
                                active.decrementAndGet();
                            }
                        });
        return p.batch(p.throttle(counted, 1000, MILLI), 7, MILLI);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16})
    void eachValueArrivesOnce(int capacity) {
        int length = Rounds.of(100_000);
        var seen = new BitSet();
        try (var p = Pipeline.withContext(Context.background(), capacity)) {
            for (List<Integer> batch : build(p, length, new AtomicInteger())) {
                for (int i : batch) {
                    assertThat(seen.get(i)).as("%d arrives twice", i).isFalse();
                    seen.set(i);
                }
            }
        }
        assertThat(seen.cardinality()).isEqualTo(length);
    }

    @Test
    void nothingRunsAfterAnEarlyStop() {
        for (int round = 0; round < Rounds.of(2_000); round++) {
            var active = new AtomicInteger();
            int left = round % 20;
            try (var p = Pipeline.withContext(Context.background(), round % 3)) {
                for (List<Integer> _ : build(p, 1_000_000, active)) {
                    if (left-- == 0) break;
                }
            }
            assertThat(active.get()).isZero();
        }
    }

    /// Several goroutines fail at about the same time. All channels that are read have the same cause.
    @Test
    void allReadersSeeTheSameFailure() {
        for (int round = 0; round < Rounds.of(2_000); round++) {
            try (var p = Pipeline.withContext(Context.background(), round % 3)) {
                RecvChan<Integer> failing =
                        p.map(
                                numbers(p, 1000),
                                4,
                                (_, i) -> {
                                    if (i >= 10) throw new IllegalStateException("value " + i);
                                    return i;
                                });
                List<RecvChan<Integer>> parts = p.split(failing, 2, i -> i % 2);
                assertThatThrownBy(() -> p.merge(parts).forEach(i -> assertThat(i).isLessThan(10)))
                        .cause()
                        .isSameAs(p.context().cause());
                assertThatThrownBy(() -> parts.getFirst().forEach(_ -> {})).cause().isSameAs(p.context().cause());
            }
        }
    }
}
