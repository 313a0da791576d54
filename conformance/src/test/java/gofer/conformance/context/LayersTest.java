package gofer.conformance.context;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Closed;
import gofer.conformance.Pins;
import gofer.context.CancelContext;
import gofer.context.Context;
import gofer.context.DeadlineExceededException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests many layers of every kind, in random order: `TestLayersCancel`, `TestLayersTimeout`.
class LayersTest {

    private final List<Object> values = new ArrayList<>();
    private final List<CancelContext> cancels = new ArrayList<>();
    private Context context = Context.background();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    @Pins({"CX-02", "CX-10"})
    void cancellingAnyEndsTheInnermost(long seed) {
        Random random = new Random(seed);
        pileUp(random, Duration.ofHours(1000));
        Expect.live(context);
        expectValues();
        cancels.get(random.nextInt(cancels.size())).cancel();
        Expect.canceled(context);
        expectValues();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    @Pins({"CX-05", "CX-10"})
    void timeoutOfAnyEndsTheInnermost(long seed) {
        pileUp(new Random(seed), Duration.ofMillis(1));
        assertThat(context.done().recvOk()).isInstanceOf(Closed.class);
        Expect.done(context, DeadlineExceededException.class);
        expectValues();
    }

    private void pileUp(Random random, Duration timeout) {
        boolean timed = false;
        for (int i = 0; i < 30 || !timed || values.isEmpty() || cancels.isEmpty(); i++) {
            switch (random.nextInt(3)) {
                case 0 -> {
                    Object value = new Object();
                    values.add(value);
                    context = context.withValue(value, value);
                }
                case 1 -> push(context.withCancel());
                default -> {
                    push(context.withTimeout(timeout));
                    timed = true;
                }
            }
        }
        assertThat(context.toString()).startsWith("context.Background.With");
    }

    private void push(CancelContext layer) {
        cancels.add(layer);
        context = layer;
    }

    private void expectValues() {
        values.forEach(value -> assertThat(context.value(value)).isSameAs(value));
    }
}
