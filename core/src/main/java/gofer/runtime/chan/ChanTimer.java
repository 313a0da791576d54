package gofer.runtime.chan;

import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.HappensBefore;
import gofer.runtime.park.Sleeper;
import gofer.runtime.park.Timers;
import gofer.runtime.park.World;
import gofer.runtime.park.WorldTimer;
import java.time.Duration;

/// A channel that delivers the time, once or at intervals.
public final class ChanTimer implements WorldTimer {

    /*
     * Nothing runs when the timer is due. Instead, every access to the channel settles the timer: a due time that has passed
     * moves into the ring. A receiver that finds nothing parks with the due time as its deadline, then checks again. So a
     * timer that no goroutine waits for costs nothing, and the garbage collector frees it if it is unreachable. `stop` and
     * `reset` empty the ring under the channel's lock, so they leave no stale value behind.
     *
     * Several receivers may wait. All wake at the due time, and one gets the value. A receiver that wakes must not sleep
     * again while the ring holds a value that another receiver has settled. So `deadline` returns 0 then.
     *
     * The value is the calendar time of the due time, computed when the timer is settled. The two clocks drift apart, by
     * hours if the machine sleeps. So a ticker must not compute its times from the calendar time at which it was created.
     *
     * The timer follows the clock of the world that made it, wherever it is used.
     *
     * Differs from Go's time.go (since 1.23): there, a timer is in a heap while a goroutine waits on its channel.
     */

    private final Ring ring = new Ring(1); // guarded by the lock of core
    private final ChanCore core = new ChanCore(this, ring);
    private volatile long when = Sleeper.NEVER; // next due time; written under the lock of core
    private long period; // nanoseconds between ticks, 0 for a single one; guarded by the lock of core

    /// Creates a timer that is due after `delay`. If `periodic`, it is due again after each further `delay`.
    public ChanTimer(Duration delay, boolean periodic) {
        World.point(SyncPoint.TIMER, World.CLOCK);
        set(Timers.nanos(delay), periodic);
    }

    /// Returns the channel.
    public ChanCore core() {
        return core;
    }

    /// Stops the timer. Returns whether it was active: a due time was ahead, or had passed without being received.
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

    /// Restarts the timer as if it were new. Returns whether it was active, like [#stop].
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
        return ring.clear() || when != Sleeper.NEVER;
    }

    private void set(long nanos, boolean periodic) {
        HappensBefore.release(this);
        period = periodic ? nanos : 0;
        arm(Math.min(Timers.in(core.world, nanos), Sleeper.NEVER - 1)); // NEVER means inactive
    }

    private void arm(long due) {
        when = due;
        if (core.world != null) {
            core.world.onTimerSet(this);
        }
    }

    @Override
    public long due() {
        return when;
    }

    /// Moves a due time that has passed into the ring. If the ring holds an earlier one, drops it. Runs under the lock.
    void settle() {
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

    /// Returns whether a receive would find a value. Runs without the lock.
    boolean looksDue() {
        return deadline() <= Timers.now(core.world);
    }

    /// Returns when a sleeping receiver has to check again. Runs without the lock, so it reads `when` first: [#settle]
    /// fills the ring before it changes `when`.
    long deadline() {
        long next = when;
        return ring.glimpse() > 0 ? 0 : next;
    }
}
