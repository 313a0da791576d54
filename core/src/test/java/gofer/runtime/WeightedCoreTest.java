package gofer.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.fixture.Eventually;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// To note who has taken tokens needs memory. If there is none, the notes are lost, and nothing else.
class WeightedCoreTest {

    /// Where nothing can be noted.
    private static final Map<Long, Long> FULL =
            new AbstractMap<>() {
                @Override
                public Set<Entry<Long, Long>> entrySet() {
                    throw new OutOfMemoryError("as planned");
                }
            };

    private final WeightedCore tokens = new WeightedCore(2);

    private G take(long n) {
        G g =
                Goroutines.start(
                        "",
                        () -> {
                            try {
                                tokens.take(n, null);
                            } catch (InterruptException stop) {
                                assertThat(Thread.interrupted()).isTrue();
                            }
                        });
        Eventually.blocked(g, WaitReason.SEMAPHORE_ACQUIRE);
        return g;
    }

    @Test
    void whatCannotBeNotedIsTaken() {
        tokens.takers = FULL;
        tokens.take(2, null);
        assertThat(tokens.takers).isNull();
        assertThat(tokens.give(2)).isTrue();
        assertThat(tokens.tryTake(2)).isTrue();
    }

    @Test
    void whatIsGivenBackAndCannotBeNotedGoesToThoseWhoWait() {
        tokens.take(2, null);
        G one = take(1);
        G another = take(1);
        tokens.takers = FULL;
        assertThat(tokens.give(2)).isTrue();
        Eventually.ended(one);
        Eventually.ended(another);
        assertThat(tokens.tryTake(1)).isFalse();
    }

    /// The first gives up, and lets the others pass.
    @Test
    void whoGetsWhatCannotBeNotedIsWoken() {
        tokens.take(1, null);
        G large = take(2);
        G small = take(1);
        tokens.takers = FULL;
        large.thread().interrupt();
        Eventually.ended(large);
        Eventually.ended(small);
        assertThat(tokens.give(2)).isTrue();
    }
}
