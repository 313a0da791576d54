package gofer.race.runtime;

import static gofer.race.runtime.Hooked.join;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Accesses to elements in loops, which a strand records without a lock.
class ClaimTest implements WithDetector {

    private static final int ROUNDS = 1000;
    private static final int LENGTH = 64;

    private static final Set<String> ELEMENTS =
            IntStream.range(0, LENGTH).mapToObj(i -> "element " + i + " of long[64]").collect(Collectors.toSet());
    private static final int FIRST = Hooked.site(1);
    private static final int SECOND = Hooked.site(2);

    @BeforeEach
    void reportEachRace() {
        Reports.repeat(true);
    }

    @AfterEach
    void reportEachPairOfPlaces() {
        Reports.repeat(false);
    }

    @Test
    void eachRaceOfTwoThreadsThatMeetIsReported() {
        for (int round = 0; round < ROUNDS; round++) {
            Reports.clear();
            var array = new long[LENGTH];
            var ready = new CountDownLatch(2);
            Thread writer = Thread.ofPlatform().start(() -> write(array, FIRST, ready, 1));
            Thread other = Thread.ofPlatform().start(() -> write(array, SECOND, ready, -1));
            join(writer);
            join(other);
            assertThat(new HashSet<>(Hooked.variables())).as("round %d", round).isEqualTo(ELEMENTS);
        }
    }

    /// Writes all elements with a random pause before, so that the loops meet at different places.
    private static void write(long[] array, int site, CountDownLatch ready, int step) {
        ready.countDown();
        while (ready.getCount() > 0) {
            Thread.onSpinWait();
        }
        for (int i = ThreadLocalRandom.current().nextInt(2000); i > 0; i--) {
            Thread.onSpinWait();
        }
        Object last = null;
        for (int i = step > 0 ? 0 : LENGTH - 1; i >= 0 && i < LENGTH; i += step) {
            last = ElementHooks.writeElement(array, i, last, site);
        }
    }

    @Test
    void anElementOutsideTheArrayAndNoArrayAreIgnored() {
        int missed = Detector.missed();
        var array = new int[20];
        Object last = null;
        for (int i = -1; i <= 20; i++) {
            last = ElementHooks.writeElement(array, i, last, FIRST);
        }
        last = ElementHooks.readElement(nothing(), 3, last, FIRST);
        assertThat(ElementHooks.readElement(nothing(), 3, null, FIRST)).isNull();
        assertThat(last).isNotNull();
        assertThat(Detector.missed()).isEqualTo(missed);
    }

    @SuppressWarnings("NullAway") // rewritten code passes what the program uses
    private static Object nothing() {
        @Nullable Object none = null;
        return none;
    }
}
