package gofer.conformance.time;

import static gofer.Go.after;
import static gofer.Go.select;
import static gofer.Go.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Empty;
import gofer.chan.RecvChan;
import gofer.conformance.Pins;
import gofer.fixture.Crew;
import gofer.time.Alarm;
import gofer.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Tests tickers, and the times that they send.
class TickerTest {

    @Test
    @Pins("TM-09")
    void intervalMustBePositive() { // TestNewTickerLtZeroDuration, TestTickerResetLtZeroDuration
        Ticker ticker = Ticker.every(Duration.ofHours(1));
        for (Duration d : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(Long.MIN_VALUE))) {
            assertThatThrownBy(() -> Ticker.every(d))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("non-positive interval for Ticker.every");
            assertThatThrownBy(() -> ticker.reset(d))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("non-positive interval for Ticker.reset");
        }
    }

    @Test
    @Pins("TM-09")
    void manyGoroutinesWaitForOneTicker() { // TestTickerConcurrentStress, TestMultiWakeupTicker
        Ticker ticker = Ticker.every(Duration.ofNanos(1000));
        try (var crew = new Crew()) {
            for (int i = 0; i < 10; i++) {
                crew.go(() -> {
                    for (int n = 0; n < 300; n++) {
                        ticker.c().recv();
                        var _ = select(ticker.c(), after(Duration.ofMillis(1)));
                    }
                });
            }
        }
    }

    /// Each goroutine polls the timer and resets it. The last setting counts.
    @Test
    @Pins({"TM-05", "TM-09"})
    void manyGoroutinesResetOneTimer() { // TestMultiWakeupTimer
        Alarm alarm = Alarm.in(Duration.ofNanos(1));
        try (var crew = new Crew()) {
            for (int i = 0; i < 4; i++) {
                crew.go(() -> {
                    for (int n = 0; n < 10_000; n++) {
                        var _ = alarm.c().tryRecv();
                        alarm.reset(Duration.ofNanos(1));
                    }
                });
            }
        }
        alarm.c().recv();
        assertThat(alarm.c().tryRecv()).isInstanceOf(Empty.class);
    }

    @Test
    @Pins("TM-10")
    void tickWithoutAnIntervalIsNeverReady() { // TestTick
        for (Duration d : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
            assertThat(tick(d)).isSameAs(RecvChan.never());
        }
        RecvChan<Instant> ticks = tick(Duration.ofMillis(1));
        assertThat(ticks.recv()).isBefore(ticks.recv());
    }
}
