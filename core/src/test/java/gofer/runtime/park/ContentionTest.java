package gofer.runtime.park;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import gofer.fixture.Crew;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("one-configuration")
class ContentionTest {

    private final Contention contention = new Contention();

    private Contention.Sum total() {
        return contention.sums().values().stream()
                .reduce(
                        new Contention.Sum(0, 0),
                        (a, b) -> new Contention.Sum(a.count() + b.count(), a.nanos() + b.nanos()));
    }

    @Test
    void nothingIsRecordedWhileOff() {
        contention.recordWait(1_000_000);
        contention.recordDelay(1_000_000);
        assertThat(contention.sums()).isEmpty();
        assertThat(contention.isOn()).isFalse();
        contention.setRate(-5);
        assertThat(contention.rate()).isZero();
    }

    /// The waits are shorter and longer than the rate. Each runs in a thread of its own, because the cost of a sample
    /// depends on the depth of its stack.
    @ParameterizedTest
    @ValueSource(longs = {1, 100, 1_000, 10_000})
    void sumsAreUnbiasedAtAnyRate(long rate) {
        contention.setRate(rate);
        int waits = 20_000;
        long[] lengths = new Random(rate).longs(waits, 500, 2_500).toArray();
        try (var crew = new Crew()) {
            crew.thread(() -> {
                for (long wait : lengths) {
                    contention.recordWait(wait);
                }
            });
        }
        double nanos = LongStream.of(lengths).sum();
        assertThat(total().nanos()).isCloseTo(nanos, withinPercentage(15));
        assertThat(total().count()).isCloseTo(waits, withinPercentage(15));
    }

    @Test
    void sampledEventCountsForTheOthers() {
        contention.setRate(10);
        for (int i = 0; i < 50_000; i++) {
            contention.recordDelay(7);
        }
        assertThat(total().count()).isCloseTo(50_000, withinPercentage(10));
        assertThat(total().nanos()).isCloseTo(350_000, withinPercentage(10));
        contention.recordDelay(0);
    }

    @Test
    void rateOfTheProgramTakesPrecedence() {
        contention.setToolRate(1);
        contention.recordDelay(7);
        assertThat(total()).isEqualTo(new Contention.Sum(1, 7));
        contention.setRate(Long.MAX_VALUE);
        contention.recordDelay(7);
        assertThat(total()).isEqualTo(new Contention.Sum(1, 7));
        contention.setRate(0);
        contention.recordDelay(7);
        assertThat(total()).isEqualTo(new Contention.Sum(2, 14));
        contention.setToolRate(0);
        assertThat(contention.isOn()).isFalse();
    }

    @Test
    void eachStackHasItsOwnSum() {
        contention.setRate(1);
        for (int i = 0; i < 2; i++) {
            one();
        }
        other();
        assertThat(contention.sums()).hasSize(2);
        contention
                .sums()
                .forEach((stack, sum) ->
                        assertThat(sum.count()).isEqualTo(stack.getFirst().getMethodName().equals("one") ? 2 : 1));
    }

    private void one() {
        contention.recordWait(5);
    }

    private void other() {
        contention.recordWait(5);
    }
}
