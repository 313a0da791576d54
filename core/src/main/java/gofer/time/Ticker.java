package gofer.time;

import gofer.chan.RecvChan;
import gofer.chan.flavor.TimerChan;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.chan.ChanTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/// Delivers the time on a channel, at intervals.
///
/// {@snippet file="snippets/Ticks.java" region="ticker"}
///
/// A reader that is slow gets one pending tick; those it misses are dropped. A ticker needs no stop to be garbage; to stop
/// it at the end of a block, `try (var ticker = Ticker.every(d)) { ... }`.
///
/// **Go:** `time.Ticker`.
@CheckReturnValue
public final class Ticker implements AutoCloseable {

    private final ChanTimer timer;
    private final RecvChan<Instant> c;

    private Ticker(Duration period) {
        timer = new ChanTimer(period, true);
        c = new TimerChan(timer);
    }

    /// A ticker whose first tick is `period` from now. Throws [IllegalArgumentException] unless that is positive.
    public static Ticker every(Duration period) {
        return new Ticker(positive(period, "Ticker.every"));
    }

    /// The channel: each value is the time at which the tick was due. Never closed.
    public RecvChan<Instant> c() {
        return c;
    }

    /// Ends the ticks. The channel stays open, so that a reader does not mistake the end for a tick.
    public void stop() {
        timer.stop();
    }

    /// As [#stop].
    @Override
    public void close() {
        stop();
    }

    /// Ticks with a new period, the first time after that period; a pending tick is dropped. Throws
    /// [IllegalArgumentException] unless it is positive.
    public void reset(Duration period) {
        timer.reset(positive(period, "Ticker.reset"), true);
    }

    private static Duration positive(Duration period, String call) {
        if (!Objects.requireNonNull(period, "period").isPositive()) {
            throw new IllegalArgumentException("non-positive interval for " + call + ": " + period);
        }
        return period;
    }
}
