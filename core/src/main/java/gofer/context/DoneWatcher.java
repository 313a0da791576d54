package gofer.context;

import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.chan.Second;
import gofer.chan.Selects;
import gofer.chan.flavor.Cores;
import gofer.goroutine.Body;
import gofer.goroutine.Cancellation;
import gofer.runtime.chan.ChanCore;
import gofer.runtime.goroutine.Carriers;
import gofer.runtime.goroutine.ForwarderBody;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.goroutine.Origin;
import gofer.runtime.park.EndSource;
import gofer.runtime.park.World;
import java.util.concurrent.atomic.AtomicBoolean;

/// A goroutine that waits until a user's context is done and then runs a function.
final class DoneWatcher implements Cancellation.Registration, EndSource {

    private final AtomicBoolean decided = new AtomicBoolean(); // whether to run; set once
    private final Chan<Void> stopped = Chan.make();
    private final ChanCore done;

    private DoneWatcher(RecvChan<Void> done, Runnable f) {
        this.done = Cores.core(done);
        Body carried = Carriers.capture(f::run);
        ForwarderBody body =
                () -> {
                    if (!(Selects.select(done, stopped) instanceof Second) && decided.compareAndSet(false, true)) {
                        carried.run();
                    }
                };
        Goroutines.startFor(Origin.of(f), body);
    }

    /// Runs `f` when `context` is done. Uses no goroutine if the context is never done or ends with a [CancelContext].
    static Cancellation.Registration watch(Context context, Runnable f) {
        RecvChan<Void> done = context.done();
        if (done == RecvChan.<Void>never()) {
            return new Never();
        }
        CancelContext behind = CancelContext.cancelContextBehind(context, done);
        return behind != null ? behind.afterFunc(f) : new DoneWatcher(done, f);
    }

    @Override
    public boolean mayComeFromOutside(World world) {
        return done.mayCloseOutside(world);
    }

    @Override
    public long due() {
        return done.due();
    }

    @Override
    public boolean stop() {
        if (!decided.compareAndSet(false, true)) {
            return false;
        }
        stopped.close();
        return true;
    }
}
