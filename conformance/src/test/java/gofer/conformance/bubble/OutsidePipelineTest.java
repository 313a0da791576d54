package gofer.conformance.bubble;

import static gofer.Go.after;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.context.Context;
import gofer.goroutine.Body;
import gofer.goroutine.FatalError;
import gofer.pipeline.Pipeline;
import gofer.testing.Bubble;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Pipelines across the border of a bubble.
class OutsidePipelineTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void outsidePipelineRunsStagesInside() throws Exception {
        try (var p = Pipeline.withContext(Context.background())) {
            Bubble.run(() -> {
                RecvChan<Integer> late =
                        p.produce((ctx, out) -> {
                            after(HOUR).recv(ctx);
                            out.send(ctx, 1);
                        });
                assertThat(p.map(late, 2, (_, i) -> i + 1)).containsExactly(2);
                assertThat(after(Duration.ZERO).recv()).isEqualTo("2000-01-01T01:00:00Z");
            });
        }
    }

    @Test
    void pipelineOfABubbleIsRefusedOutside() throws Exception {
        Bubble.run(() -> {
            try (var p = Pipeline.withContext(Context.background())) {
                for (Body call : new Body[] {p::close, () -> Outside.use(p.batch(Chan.<Integer>never(), 2))}) {
                    assertThat(Outside.call(call))
                            .isInstanceOf(FatalError.class)
                            .hasMessage("pipeline of a bubble is used outside of it");
                }
            }
        });
    }
}
