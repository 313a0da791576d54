package gofer.runtime.goroutine;

import gofer.goroutine.Body;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.HappensBefore;
import gofer.runtime.park.Owned;
import gofer.runtime.park.Timers;
import gofer.runtime.park.Tracing;
import gofer.runtime.park.World;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A timer that starts a goroutine when it is due.
public final class FuncTimer implements Owned {

    /*
     * Each setting of the timer is a Shot. Only the one in `armed` can fire. Firing, stop and reset all remove it, and
     * the one that succeeds decides. A thread that schedules a shot checks afterwards whether it was removed meanwhile,
     * so that no task stays scheduled for a time that is no longer needed. The timer uses the clock of the world that
     * created it, and its function runs there.
     */
    private final class Shot implements Runnable {

        private final long due;
        private volatile @Nullable Future<?> scheduled;

        Shot(long due) {
            this.due = due;
        }

        @Override
        public void run() {
            if (armed.compareAndSet(this, null)) {
                Tracing.timerFired(origin.site(), Timers.now(world) - due);
                Goroutines.startFor(origin, HappensBefore.isRecorded() ? this::runBody : body);
            }
        }

        private void runBody() throws Throwable {
            HappensBefore.acquire(this);
            body.run();
        }

        void cancel() {
            Future<?> task = scheduled;
            if (task != null) {
                World.inOneStep(() -> task.cancel(false));
            }
        }
    }

    private final Body body; // within what the carriers captured when the timer was created
    private final Origin origin;
    final @Nullable World world = World.current();
    private final AtomicReference<@Nullable Shot> armed = new AtomicReference<>();

    /// Creates a timer that runs `body` in a goroutine after `delay`.
    public FuncTimer(Duration delay, Body body) {
        this.body = Carriers.capture(Objects.requireNonNull(body, "afterFunc of nil func value"));
        this.origin = Origin.of(body);
        World.point(SyncPoint.TIMER, World.CLOCK);
        set(Timers.nanos(delay));
    }

    /// Stops the timer. Returns whether it would have fired.
    public boolean stop() {
        World.point(SyncPoint.STOP, this);
        return replaceBy(null);
    }

    /// Sets the timer to `delay` from now. Returns whether it would have fired otherwise.
    public boolean reset(Duration delay) {
        long nanos = Timers.nanos(delay);
        World.point(SyncPoint.RESET, this);
        return set(nanos);
    }

    @Override
    public void checkUse(SyncPoint operation, @Nullable World here) {
        if (world != null && world != here) {
            throw World.outsideUseError(world, "timer", "");
        }
    }

    private boolean set(long nanos) {
        Shot shot = new Shot(Timers.in(world, nanos));
        HappensBefore.release(shot);
        boolean active = replaceBy(shot);
        shot.scheduled = Timers.schedule(world, nanos, shot);
        if (armed.get() != shot) {
            shot.cancel();
        }
        return active;
    }

    private boolean replaceBy(@Nullable Shot next) {
        Shot old = armed.getAndSet(next);
        if (old == null) {
            return false;
        }
        old.cancel();
        return true;
    }
}
