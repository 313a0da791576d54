package gofer.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Without a race detector, its API does nothing.
class RaceTest {

    @Test
    void nothingHappensWithoutADetector() {
        Race.onReport(report -> {
            throw new AssertionError(report);
        });
        Object object = new Object();
        Race.release(object);
        Race.acquire(object);
        assertThat(Race.enabled()).isFalse();
    }
}
