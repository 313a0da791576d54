package gofer.race.runtime;

import static gofer.race.runtime.Hooked.join;
import static java.util.Objects.requireNonNull;
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
    void aClaimThatHasEndedAcceptsNoAccess() {
        var first = new Strand(null);
        var cell = new Cell(new Shadow(new int[LENGTH], 0), 0, LENGTH);
        var seen = new Seen(first.now, cell);
        assertThat(seen.claim(first, 1, true, FIRST)).isTrue();
        Run run = requireNonNull(seen.run(FIRST, true));
        assertThat(run.add(2)).isTrue();
        assertThat(cell.access(new Strand(null), 4, true, SECOND)).isNull();
        assertThat(run.add(4)).isFalse();
        assertThat(run.set()).isEqualTo(3);
    }

    @Test
    void aClaimWhoseEndFailsIsNotLost() {
        for (int round = 0; round < 20; round++) {
            Reports.clear();
            var arrays = new long[4000][LENGTH];
            Thread claims = Thread.ofPlatform().start(() -> write(arrays, FIRST));
            join(claims);
            var fills = new Thread(null, () -> fillStack(arrays), "fills", 200_000 + 16 * round);
            fills.start();
            join(fills);
            Thread writes = Thread.ofPlatform().start(() -> write(arrays, SECOND));
            join(writes);
            assertThat(Hooked.variables()).as("round %d", round).hasSize(arrays.length);
        }
    }

    private static void write(long[][] arrays, int site) {
        for (long[] array : arrays) {
            ElementHooks.writeElement(array, 1, site);
        }
    }

    private static void fillStack(long[][] arrays) {
        try {
            fillStack(arrays, 0);
        } catch (StackOverflowError _) {
            // As intended.
        }
    }

    @SuppressWarnings("InfiniteRecursion")
    private static void fillStack(long[][] arrays, int depth) {
        ElementHooks.writeElement(arrays[depth % arrays.length], 2, SECOND);
        fillStack(arrays, depth + 1);
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
