package gofer.testing;

import static gofer.Go.after;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.context.Context;
import gofer.context.DeadlineExceededException;
import gofer.pipeline.Pipeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Batches, throttles and deadlines of pipelines in virtual time.
class PipelineTimeTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Instant START = Instant.parse("2000-01-01T00:00:00Z");

    private static long seconds() {
        return Duration.between(START, after(Duration.ZERO).recv()).toSeconds();
    }

    /// Sends a value after each of the pauses, in seconds.
    private static RecvChan<Integer> paced(Pipeline p, int... pauses) {
        return p.produce((ctx, out) -> {
            for (int i = 0; i < pauses.length; i++) {
                after(Duration.ofSeconds(pauses[i])).recv(ctx);
                out.send(ctx, i);
            }
        });
    }

    private static RecvChan<Integer> endless(Pipeline p) {
        return p.produce((ctx, out) -> {
            for (int i = 0; true; i++) out.send(ctx, i);
        });
    }

    @Test
    void batchIsSentWhenItIsFullOrDue() throws Exception {
        Bubble.run(() -> {
            try (var p = Pipeline.withContext(Context.background())) {
                List<String> batches = new ArrayList<>();
                // at 0 0 0, 10, 13, 20, 22, 24
                for (var batch : p.batch(paced(p, 0, 0, 0, 10, 3, 7, 2, 2), 3, Duration.ofSeconds(5))) {
                    batches.add(seconds() + ":" + batch);
                }
                assertThat(batches).containsExactly("0:[0, 1, 2]", "15:[3, 4]", "24:[5, 6, 7]");
            }
        });
    }

    @Test
    void restOfTheInputIsSentAtItsEnd() throws Exception {
        Bubble.run(() -> {
            try (var p = Pipeline.withContext(Context.background())) {
                RecvChan<List<Integer>> batches = p.batch(paced(p, 0, 2), 10, Duration.ofHours(1));
                assertThat(batches.recv()).containsExactly(0, 1);
                assertThat(seconds()).isEqualTo(2);
            }
        });
    }

    @Test
    void batchWithoutATimeWaitsUntilItIsFull() throws Exception {
        Bubble.run(() -> {
            try (var p = Pipeline.withContext(Context.background())) {
                assertThat(p.batch(paced(p, 0, 1_000_000), 2).recv()).containsExactly(0, 1);
                assertThat(seconds()).isEqualTo(1_000_000);
            }
        });
    }

    /// While a batch waits for its reader, the producer waits.
    @Test
    void batchThatIsNotReadStopsTheInput() throws Exception {
        Bubble.run(() -> {
            try (var p = Pipeline.withContext(Context.background())) {
                int[] sent = {0};
                RecvChan<Integer> in =
                        p.produce((ctx, out) -> {
                            while (true) {
                                out.send(ctx, sent[0]);
                                sent[0]++;
                            }
                        });
                RecvChan<List<Integer>> batches = p.batch(in, 3, SECOND);
                Bubble.sleep(SECOND.multipliedBy(10));
                assertThat(sent[0]).isEqualTo(3);
                assertThat(batches.recv()).containsExactly(0, 1, 2);
            }
        });
    }

    @Test
    void throttlePassesNValuesInEachPeriod() throws Exception {
        Bubble.run(() -> {
            try (var p = Pipeline.withContext(Context.background())) {
                List<Long> times = new ArrayList<>();
                for (int i : p.throttle(endless(p), 3, Duration.ofSeconds(10))) {
                    times.add(seconds());
                    if (i == 7) break;
                }
                assertThat(times).containsExactly(0L, 0L, 0L, 10L, 10L, 10L, 20L, 20L);
            }
        });
    }

    /// A burst after a pause does not exceed the limit: each value counts for a period from when it was read.
    @Test
    void throttleCountsTheLastPeriod() throws Exception {
        Bubble.run(() -> {
            try (var p = Pipeline.withContext(Context.background())) {
                List<Long> times = new ArrayList<>();
                for (int _ : p.throttle(paced(p, 0, 8, 0, 0, 0, 30), 2, Duration.ofSeconds(10))) {
                    times.add(seconds());
                }
                assertThat(times).containsExactly(0L, 8L, 10L, 18L, 20L, 48L);
            }
        });
    }

    @Test
    void deadlineOfTheParentEndsThePipeline() throws Exception {
        Bubble.run(() -> {
            try (var ctx = Context.background().withTimeout(SECOND);
                    var p = Pipeline.withContext(ctx)) {
                RecvChan<Integer> chan = p.map(Chan.<Integer>never(), 2, (_, i) -> i);
                assertThatThrownBy(chan::recv).cause().isInstanceOf(DeadlineExceededException.class);
                assertThat(seconds()).isEqualTo(1);
            }
        });
    }
}
