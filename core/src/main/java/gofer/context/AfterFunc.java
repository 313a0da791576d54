package gofer.context;

import gofer.goroutine.Cancellation;
import gofer.runtime.base.InlineCallback;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.goroutine.Starter;
import gofer.runtime.park.EndSource;
import gofer.runtime.park.World;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A function that is to run after the end of a context.
final class AfterFunc extends Dependent implements Cancellation.Registration, EndSource {

    private final AtomicBoolean decided = new AtomicBoolean(); // to run, or not to
    private final CancelContext context;
    private final Runnable f;
    private final @Nullable Starter starter; // of the goroutine; null if f needs none

    AfterFunc(CancelContext context, Runnable f) {
        this.context = context;
        this.f = f;
        this.starter = f instanceof InlineCallback ? null : new Starter(f);
        if (starter != null && starter.world() instanceof World home && context.mayEndOutside(home)) {
            home.expect(this);
        }
    }

    /// Whether it does no more than to wake somebody.
    boolean isWaker() {
        return starter == null;
    }

    /// Starts the function, unless it was stopped. Without locks.
    void start() {
        if (!decided.compareAndSet(false, true)) {
            return;
        }
        if (starter == null) {
            f.run();
        } else {
            starter.start(f::run);
            expectNoLonger();
        }
    }

    @Override
    public boolean mayComeFromOutside(World world) {
        return context.mayEndOutside(world);
    }

    @Override
    public long due() {
        return context.due();
    }

    @Override
    public boolean stop() {
        if (!isWaker()) {
            World.enter(context.world, CancelContext.ROLE);
            World.point(SyncPoint.STOP, context);
        }
        if (!decided.compareAndSet(false, true)) {
            return false;
        }
        context.remove(this);
        expectNoLonger();
        return true;
    }

    private void expectNoLonger() {
        if (starter != null && starter.world() instanceof World home) {
            home.expectNoLonger(this);
        }
    }
}
