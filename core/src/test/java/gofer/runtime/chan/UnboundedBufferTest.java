package gofer.runtime.chan;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.fixture.Eventually;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("one-configuration")
class UnboundedBufferTest {

    /// Any sequence of calls behaves like a queue, around the sizes at which blocks begin and end.
    @ParameterizedTest
    @ValueSource(ints = {1, 62, 63, 64, 126, 127, 1000})
    void isAQueue(int usual) {
        Random random = new Random(usual);
        var buffer = new UnboundedBuffer();
        Queue<Object> model = new ArrayDeque<>();
        for (int step = 0; step < 50_000; step++) {
            assertThat(buffer.isEmpty()).isEqualTo(model.isEmpty());
            assertThat(buffer.glimpse()).isEqualTo(model.size());
            assertThat(buffer.isFull()).isFalse();
            assertThat(buffer.glimpseRoom()).isTrue();
            if (model.isEmpty() || random.nextInt(2 * usual) >= model.size()) {
                assertThat(buffer.put(step)).isEqualTo(ChanResult.SENT);
                model.add(step);
            } else {
                assertThat(buffer.take()).isEqualTo(model.remove());
            }
        }
    }

    @Test
    void keepsNoValueThatWasTaken() {
        var buffer = new UnboundedBuffer();
        List<WeakReference<Object>> values = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Object value = new Object();
            values.add(new WeakReference<>(value));
            buffer.put(value);
        }
        for (int i = 0; i < 150; i++) {
            buffer.take();
        }
        System.gc();
        Eventually.that("collected", () -> values.stream().limit(150).allMatch(value -> value.refersTo(null)));
        assertThat(buffer.glimpse()).isEqualTo(50);
    }
}
