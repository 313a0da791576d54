package gofer.runtime.chan;

import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.Dated;
import gofer.runtime.park.Sleeper;
import gofer.runtime.park.Timers;
import gofer.runtime.park.World;
import java.time.Duration;

/// A channel on which the time appears, once or at intervals.
public final class ChanTimer implements Dated {

    /*
     * Nothing runs when the time comes: the timer is settled, that is, a due time moves into the ring, whenever
     * somebody looks at the channel. A receiver that finds nothing parks with the due time as its deadline and then
     * looks again. So a timer that nobody waits for costs nothing and is garbage when forgotten, and `stop` and `reset`,
     * which empty the ring under the channel's lock, leave no stale value behind.
     *
     * More than one receiver may wait. All wake at the due time and one gets the value. A receiver that merely wakes
     * must not sleep on while the ring holds a value that another one settled: hence the first line of `deadline`.
     *
     * The value is the calendar time of the due time, worked out when it is settled: the two clocks drift apart, and where
     * the machine sleeps by hours, so a ticker must not go by the calendar of the day on which it was made.
     *
     * It goes by the clock of the world that made it, wherever it is used.
     *
     * Differs from Go's time.go (since 1.23): there a timer stands in a heap while somebody waits on its channel.
     */

    private final ChanCore core = new ChanCore(this);
    private volatile long when = Sleeper.NEVER; // next due time; written under the lock of core
    private long period; // nanoseconds between ticks, 0 for a single one; guarded by the lock of core

    /// A timer that is due after `delay`, and then, if `periodic`, again and again.
    public ChanTimer(Duration delay, boolean periodic) {
        World.point(SyncPoint.TIMER, World.CLOCK);
        set(Timers.nanos(delay), periodic);
    }

    /// The channel.
    public ChanCore core() {
        return core;
    }

    /// Ends it. Returns whether it was active: a due time lay ahead, or had passed and was not received.
    public boolean stop() {
        World.point(SyncPoint.STOP, core);
        core.acquire();
        try {
            boolean active = disarm();
            when = Sleeper.NEVER;
            return active;
        } finally {
            core.release();
        }
    }

    /// Starts it anew, as if just made; returns what [#stop] would have.
    public boolean reset(Duration delay, boolean periodic) {
        World.point(SyncPoint.RESET, core);
        long nanos = Timers.nanos(delay);
        core.acquire();
        try {
            boolean active = disarm();
            set(nanos, periodic);
            core.receivers.nudgeAll();
            return active;
        } finally {
            core.release();
        }
    }

    private boolean disarm() {
        return core.ring.clear() || when != Sleeper.NEVER;
    }

    private void set(long nanos, boolean periodic) {
        period = periodic ? nanos : 0;
        arm(Math.min(Timers.in(core.world, nanos), Sleeper.NEVER - 1)); // NEVER means that it is not active
    }

    private void arm(long due) {
        when = due;
        if (core.world != null) {
            core.world.armed(this);
        }
    }

    @Override
    public long due() {
        return when;
    }

    /// Moves a due time into the ring, if one has passed; an unread one stays and later ones are dropped. Under the lock.
    void settle(Ring ring) {
        long next = when;
        if (next == Sleeper.NEVER) {
            return;
        }
        long late = Timers.now(core.world) - next;
        if (late < 0) {
            return;
        }
        if (!ring.isFull()) {
            ring.put(Timers.calendar(core.world, next));
        }
        arm(period == 0 ? Sleeper.NEVER : next + period * (late / period + 1));
    }

    /// Whether a receive would find a value, asked without the lock.
    boolean looksDue() {
        return deadline() <= Timers.now(core.world);
    }

    /// When a sleeping receiver has to look again. Without the lock: `when` is read first, because [#settle] fills the
    /// ring before it changes `when`.
    long deadline() {
        long next = when;
        return core.ring.glimpse() > 0 ? 0 : next;
    }
}
