package gofer.context;

import gofer.goroutine.Body;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.goroutine.Carriers;
import gofer.runtime.goroutine.Starter;
import gofer.runtime.park.HappensBefore;
import gofer.runtime.park.World;
import java.util.concurrent.atomic.AtomicBoolean;

/// A user's function that runs in its own goroutine after the end of a context.
final class AfterFunc extends EndCallback {

    private final AtomicBoolean decided = new AtomicBoolean(); // whether to run; set once
    private final Body f; // within what the carriers captured when the function was registered
    private final Starter starter;

    AfterFunc(CancelContext context, Runnable f) {
        super(context);
        this.f = Carriers.capture(f::run);
        this.starter = new Starter(f);
        HappensBefore.release(this);
        if (starter.world() instanceof World home && context.mayEndOutside(home)) {
            home.expect(this);
        }
    }

    @Override
    void start() {
        if (decided.compareAndSet(false, true)) {
            HappensBefore.release(this); // another thread may start the goroutine
            starter.start(HappensBefore.isRecorded() ? this::runFunction : f);
            expectNoLonger();
        }
    }

    private void runFunction() throws Throwable {
        HappensBefore.acquire(this);
        f.run();
    }

    @Override
    public boolean stop() {
        World.checkUse(context.world, CancelContext.ROLE);
        World.point(SyncPoint.STOP, context);
        if (!decided.compareAndSet(false, true)) {
            return false;
        }
        context.remove(this);
        expectNoLonger();
        return true;
    }

    private void expectNoLonger() {
        if (starter.world() instanceof World home) {
            home.expectNoLonger(this);
        }
    }
}
