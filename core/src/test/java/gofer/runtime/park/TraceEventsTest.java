package gofer.runtime.park;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TraceEventsTest {

    /// The frames of short waits must take little time, but must show a line where goroutines often wait shortly.
    @Test
    void longWaitsHaveAFrameAndShortOnesRarely() {
        assertThat(framesOf(50_000)).isEqualTo(100_000);
        assertThat(framesOf(5_000)).isBetween(8_000L, 12_000L); // 10,000, give or take twenty standard deviations
        assertThat(framesOf(0)).isZero();
    }

    private static long framesOf(long nanos) {
        return IntStream.range(0, 100_000).filter(_ -> TraceEvents.isFrameDue(nanos)).count();
    }
}
