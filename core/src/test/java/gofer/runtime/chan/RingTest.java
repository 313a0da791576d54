package gofer.runtime.chan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("one-configuration")
class RingTest {

    /// Any sequence of calls behaves like a queue.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 64})
    void isABoundedQueue(int capacity) {
        Random random = new Random(capacity);
        Ring ring = new Ring(capacity);
        Queue<Object> model = new ArrayDeque<>();
        for (int step = 0; step < 10_000; step++) {
            assertThat(ring.isEmpty()).isEqualTo(model.isEmpty());
            assertThat(ring.isFull()).isEqualTo(model.size() == capacity);
            assertThat(ring.glimpse()).isEqualTo(model.size());
            if (capacity > 0 && ring.isFull() && random.nextBoolean()) {
                model.add(step);
                assertThat(ring.exchange(step)).isEqualTo(model.remove());
            } else if (random.nextBoolean() && !ring.isFull()) {
                ring.put(step);
                model.add(step);
            } else if (!ring.isEmpty()) {
                assertThat(ring.take()).isEqualTo(model.remove());
            }
            if (random.nextInt(1000) == 0) {
                assertThat(ring.clear()).isEqualTo(!model.isEmpty());
                model.clear();
            }
        }
        assertThat(ring.capacity()).isEqualTo(capacity);
    }
}
