package gofer.context;

import gofer.goroutine.Cancellation;
import gofer.runtime.base.InlineCallback;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.goroutine.Starter;
import gofer.runtime.park.EndSource;
import gofer.runtime.park.World;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A function that runs after a context has ended.
final class AfterFunc extends Dependent implements Cancellation.Registration, EndSource {

    private final AtomicBoolean decided = new AtomicBoolean(); // whether to run; set once
    private final CancelContext context;
    private final Runnable f;
    private final @Nullable Starter starter; // starts the goroutine of f; null if f runs inline

    AfterFunc(CancelContext context, Runnable f) {
        this.context = context;
        this.f = f;
        this.starter = f instanceof InlineCallback ? null : new Starter(f);
        if (starter != null && starter.world() instanceof World home && context.mayEndOutside(home)) {
            home.expect(this);
        }
    }

    /// Returns whether the function only wakes a waiter, and so needs no goroutine.
    boolean isWaker() {
        return starter == null;
    }

    /// Starts the function, unless it was stopped. The caller must not hold a lock.
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
