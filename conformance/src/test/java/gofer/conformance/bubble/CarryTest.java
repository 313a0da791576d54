package gofer.conformance.bubble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.Go;
import gofer.chan.Chan;
import gofer.goroutine.Carrier;
import gofer.sync.WaitGroup;
import gofer.testing.Bubble;
import gofer.testing.Exploration;
import gofer.testing.Explore;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Carriers work in bubbles and explorations. They are registered outside.
class CarryTest {

    private static final ScopedValue<String> USER = ScopedValue.newInstance();

    @Test
    void bubbleCarriesFromTheTestIntoItsGoroutines() throws Exception {
        try (var _ = Go.carry(Carrier.of(USER))) {
            var _ =
                    ScopedValue.where(USER, "alice")
                            .<Boolean, Exception>call(() -> {
                                Bubble.run(() -> {
                                    Chan<String> seen = Chan.make();
                                    Go.go(() -> seen.send(USER.get()));
                                    assertThat(seen.recv()).isEqualTo("alice");
                                    Go.afterFunc(Duration.ofHours(1), () -> seen.send(USER.get()));
                                    assertThat(seen.recv()).isEqualTo("alice");
                                });
                                return true;
                            });
        }
    }

    @Test
    void everyScheduleOfAnExplorationCarries() {
        try (var _ = Go.carry(Carrier.of(USER))) {
            Exploration result =
                    ScopedValue.where(USER, "alice")
                            .call(() ->
                                    Explore.exhaustively()
                                            .check(() -> {
                                                var wg = new WaitGroup();
                                                Chan<String> seen = Chan.make(2);
                                                wg.go(() -> seen.send(USER.get()));
                                                wg.go(() -> seen.send(USER.get()));
                                                wg.await();
                                                assertThat(seen.recv() + seen.recv()).isEqualTo("alicealice");
                                            }));
            assertThat(result.schedules()).isGreaterThan(1);
        }
    }

    @Test
    void registrationIsRefusedInABubble() {
        assertThatThrownBy(() -> Bubble.run(() -> Go.carry(Carrier.of(USER))))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("carriers concern the whole program");
    }

    @Test
    void removalIsRefusedInABubble() {
        try (var registration = Go.carry(Carrier.of(USER))) {
            assertThatThrownBy(() -> Bubble.run(registration::close))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("carriers concern the whole program");
        }
    }
}
