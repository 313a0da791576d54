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

/// A single event in the future: the time arrives on a channel, or a function is run.
///
/// {@snippet file="snippets/Idle.java" region="alarm"}
///
/// After [#stop] or [#reset] has returned, no time of the earlier setting can be received. Zero and negative delays
/// mean at once. An alarm whose channel is forgotten needs no stop to be garbage; to stop one at the end of a block,
/// `try (var alarm = Alarm.in(d)) { ... }`.
///
/// **Memory:** making or resetting an alarm happens before the run of its function.
///
/// **Go:** `time.Timer`; that name is taken in `java.base`.
@CheckReturnValue
public abstract sealed class Alarm implements AutoCloseable {

    private Alarm() {}

    /// An alarm whose time arrives on [#c] after `delay`.
    public static Alarm in(Duration delay) {
        return new OnChannel(delay);
    }

    /// An alarm that runs `f` in a goroutine of its own after `delay`.
    ///
    /// **Go:** `time.AfterFunc`.
    @CanIgnoreReturnValue
    public static Alarm func(Duration delay, Body f) {
        return new OfFunction(delay, f);
    }

    /// The channel: the value is the time at which the alarm was due. Never closed. That of an alarm with a function is
    /// never ready.
    public abstract RecvChan<Instant> c();

    /// Keeps the alarm from going off. Returns true if this call did: the time had not been received, or the function
    /// not been started.
    @CanIgnoreReturnValue
    public abstract boolean stop();

    /// As [#stop].
    @Override
    public final void close() {
        stop();
    }

    /// Sets the alarm to `delay` from now. Returns what [#stop] would have; false, for an alarm with a function, means
    /// that it has been started and may still run when it is started again.
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
