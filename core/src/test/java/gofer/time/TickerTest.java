package gofer.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.Go;
import gofer.chan.Empty;
import gofer.chan.RecvChan;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Repeated events.
class TickerTest {

    private static final Duration PERIOD = Duration.ofMillis(3);

    /// The two clocks are read one after the other. Their readings may differ by this much.
    private static final Duration CLOCKS = Duration.ofMillis(1);

    @Test
    void ticksAPeriodApartAndNotFaster() {
        long start = System.nanoTime();
        Ticker ticker = Ticker.every(PERIOD);
        Instant last = ticker.c().recv();
        for (int i = 2; i <= 4; i++) {
            Instant tick = ticker.c().recv();
            assertThat(Duration.between(last, tick)).isGreaterThan(PERIOD.minus(CLOCKS));
            last = tick;
        }
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(4 * PERIOD.toNanos());
    }

    @Test
    void stopEndsTheTicksAndLeavesTheChannelOpen() {
        Ticker ticker = Ticker.every(Duration.ofNanos(1));
        ticker.c().recv();
        ticker.stop();
        ticker.stop();
        assertThat(ticker.c().tryRecv()).isInstanceOf(Empty.class);
    }

    @Test
    void closeStopsIt() {
        RecvChan<Instant> ticks;
        try (var ticker = Ticker.every(Duration.ofNanos(1))) {
            ticks = ticker.c();
            ticks.recv();
        }
        assertThat(ticks.tryRecv()).isInstanceOf(Empty.class);
    }

    @Test
    void resetRestartsAStoppedTicker() {
        Ticker ticker = Ticker.every(Duration.ofHours(1));
        ticker.stop();
        ticker.reset(PERIOD);
        ticker.c().recv();
        ticker.c().recv();
    }

    @Test
    void resetDropsThePendingTick() {
        Ticker ticker = Ticker.every(Duration.ofNanos(1));
        ticker.reset(Duration.ofHours(1));
        assertThat(ticker.c().tryRecv()).isInstanceOf(Empty.class);
    }

    @Test
    void resetWakesAWaiter() {
        Ticker ticker = Ticker.every(Duration.ofHours(1));
        try (var crew = new Crew()) {
            Goroutine reader =
                    crew.go(() -> {
                        ticker.c().recv();
                        ticker.c().recv();
                    });
            Eventually.blocked(reader, WaitReason.CHAN_RECEIVE);
            ticker.reset(PERIOD);
        }
    }

    @Test
    void rejectsPeriodsThatAreNotPositive() {
        Ticker ticker = Ticker.every(PERIOD);
        for (Duration period : new Duration[] {Duration.ZERO, Duration.ofNanos(-1)}) {
            assertThatThrownBy(() -> Ticker.every(period))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("non-positive interval for Ticker.every");
            assertThatThrownBy(() -> ticker.reset(period))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("non-positive interval for Ticker.reset");
            assertThat(Go.tick(period)).isSameAs(RecvChan.never());
        }
        ticker.c().recv();
    }
}
