package gofer.time;

import gofer.chan.RecvChan;
import gofer.chan.flavor.TimerChan;
import gofer.goroutine.Body;
import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.chan.ChanTimer;
import gofer.runtime.goroutine.FuncTimer;
import java.time.Duration;
import java.time.Instant;

/// A single event in the future: the time arrives on a channel, or a function runs.
///
/// {@snippet file="snippets/Idle.java" region="alarm"}
///
/// After [#stop] or [#reset] has returned, a time of the earlier setting cannot be received. A zero or negative delay
/// means at once. An unreachable alarm can be garbage-collected without being stopped. To stop an alarm at the end of a
/// block, write `try (var alarm = Alarm.in(d)) { ... }`.
///
/// **Memory:** creating or resetting an alarm happens before its function runs.
///
/// **Go:** `time.Timer`. The name `Timer` is taken by `java.base`.
@CheckReturnValue
public abstract sealed class Alarm implements AutoCloseable {

    private Alarm() {}

    /// Returns an alarm whose time arrives on [#c] after `delay`.
    public static Alarm in(Duration delay) {
        return new OnChannel(delay);
    }

    /// Returns an alarm that runs `f` in its own goroutine after `delay`.
    ///
    /// **Go:** `time.AfterFunc`.
    @CanIgnoreReturnValue
    public static Alarm func(Duration delay, Body f) {
        return new OfFunction(delay, f);
    }

    /// Returns the channel on which the time at which the alarm was due arrives. It is never closed. For an alarm with
    /// a function, returns a channel that is never ready.
    public abstract RecvChan<Instant> c();

    /// Stops the alarm. Returns true if this call prevented the event: the time had not been received, or the function
    /// had not started.
    @CanIgnoreReturnValue
    public abstract boolean stop();

    /// Stops the alarm, as [#stop] does.
    @Override
    public final void close() {
        stop();
    }

    /// Sets the alarm to `delay` from now. Returns what [#stop] would have returned. For an alarm with a function,
    /// false means that the function has started and may still be running when it is started again.
    @CanIgnoreReturnValue
    public abstract boolean reset(Duration delay);

    private static final class OnChannel extends Alarm {

        private final ChanTimer timer;
        private final RecvChan<Instant> c;

        OnChannel(Duration delay) {
            timer = new ChanTimer(delay, false);
            c = new TimerChan(timer);
        }

        @Override
        public RecvChan<Instant> c() {
            return c;
        }

        @Override
        public boolean stop() {
            return timer.stop();
        }

        @Override
        public boolean reset(Duration delay) {
            return timer.reset(delay, false);
        }
    }

    private static final class OfFunction extends Alarm {

        private final FuncTimer timer;

        OfFunction(Duration delay, Body f) {
            timer = new FuncTimer(delay, f);
        }

        @Override
        public RecvChan<Instant> c() {
            return RecvChan.never();
        }

        @Override
        public boolean stop() {
            return timer.stop();
        }

        @Override
        public boolean reset(Duration delay) {
            return timer.reset(delay);
        }
    }
}
