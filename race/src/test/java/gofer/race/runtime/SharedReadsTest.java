package gofer.race.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SharedReadsTest {

    private static final int ROUNDS = 100_000;

    private static long epoch(int strand, int time) {
        return (long) strand << Integer.SIZE | time;
    }

    @Test
    void knowsTheLastReaderOfEachParity() {
        long even = epoch(4, 1);
        long odd = epoch(7, 1);
        long both = SharedReads.add(SharedReads.add(SharedReads.UNKNOWN, even), odd);
        assertThat(SharedReads.contains(both, even)).isTrue();
        assertThat(SharedReads.contains(both, odd)).isTrue();
        long later = SharedReads.add(both, epoch(9, 5));
        assertThat(SharedReads.contains(later, even)).isTrue();
        assertThat(SharedReads.contains(later, odd)).isFalse();
        assertThat(SharedReads.contains(later, epoch(9, 5))).isTrue();
    }

    @Test
    void knowsNoReaderAtFirst() {
        assertThat(SharedReads.isShared(SharedReads.UNKNOWN)).isTrue();
        assertThat(SharedReads.isShared(0)).isFalse();
        assertThat(SharedReads.isShared(epoch(Integer.MAX_VALUE, Integer.MAX_VALUE))).isFalse();
        Random random = new Random(1);
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(SharedReads.contains(SharedReads.UNKNOWN, anyEpoch(random))).isFalse();
        }
    }

    /// A strand in another epoch has to record its read again.
    @Test
    void isOfOneEpoch() {
        Random random = new Random(2);
        for (int i = 0; i < ROUNDS; i++) {
            long shared = random.nextLong() | Long.MIN_VALUE;
            long read = anyEpoch(random);
            long now = SharedReads.add(shared, read);
            assertThat(SharedReads.isShared(now)).isTrue();
            assertThat(SharedReads.contains(now, read)).isTrue();
            assertThat(SharedReads.contains(now, read + 1)).isFalse();
            assertThat(SharedReads.contains(now, read + (2L << Integer.SIZE))).isFalse(); // another strand, same parity
        }
    }

    private static long anyEpoch(Random random) {
        return epoch(random.nextInt(1 << 20), 1 + random.nextInt(1 << 20));
    }
}
