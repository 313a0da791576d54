package gofer.time;

import gofer.chan.RecvChan;
import gofer.chan.flavor.TimerChan;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.chan.ChanTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/// A source of the time on a channel, at regular intervals.
///
/// {@snippet file="snippets/Ticks.java" region="ticker"}
///
/// At most one tick is pending: if the reader is slow, further ticks are dropped. An unreachable ticker can be
/// garbage-collected without being stopped. To stop a ticker at the end of a block, write
/// `try (var ticker = Ticker.every(d)) { ... }`.
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

    /// Returns a ticker whose first tick is `period` from now. Throws [IllegalArgumentException] unless `period` is
    /// positive.
    public static Ticker every(Duration period) {
        return new Ticker(positive(period, "Ticker.every"));
    }

    /// Returns the channel. Each value is the time at which the tick was due. The channel is never closed.
    public RecvChan<Instant> c() {
        return c;
    }

    /// Stops the ticks. The channel stays open, so that a reader does not mistake the end for a tick.
    public void stop() {
        timer.stop();
    }

    /// Stops the ticks, as [#stop] does.
    @Override
    public void close() {
        stop();
    }

    /// Sets a new period, which starts now. A pending tick is dropped. Throws [IllegalArgumentException] unless
    /// `period` is positive.
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
