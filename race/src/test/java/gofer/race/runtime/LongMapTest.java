package gofer.race.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The map from numbers, against that of the JDK.
class LongMapTest {

    @Test
    void isAMap() {
        var random = new Random(1);
        for (int round = 0; round < 200; round++) {
            var map = new LongMap<String>();
            var model = new HashMap<Long, String>();
            int range = 1 + random.nextInt(50);
            for (int step = 0; step < 300; step++) {
                long key = random.nextInt(range) - 5L;
                if (random.nextInt(3) == 0) {
                    map.remove(key);
                    model.remove(key);
                } else {
                    map.put(key, "value " + step);
                    model.put(key, "value " + step);
                }
                long other = random.nextInt(range) - 5L;
                assertThat(map.get(other)).isEqualTo(model.get(other));
                assertThat(map.size()).isEqualTo(model.size());
            }
        }
    }
}
