package gofer.runtime.chan;

import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.EndSource;
import gofer.runtime.park.World;
import org.jspecify.annotations.Nullable;

/// The `done` channel of a context. It is closed when the context ends, perhaps from outside of the channel's world.
public final class DoneChan extends ChanCore {

    private final EndSource ending;

    /// Creates a channel of `home`, null for the real world, that is closed when `ending` happens.
    public DoneChan(@Nullable World home, EndSource ending) {
        super(home);
        this.ending = ending;
    }

    /// Does not check a close: the context has checked that its end is allowed.
    @Override
    public void checkUse(SyncPoint operation, @Nullable World here) {
        if (operation != SyncPoint.CLOSE) {
            super.checkUse(operation, here);
        }
    }

    @Override
    public boolean mayCloseOutside(World world) {
        return ending.mayComeFromOutside(world);
    }

    @Override
    public long due() {
        return ending.due();
    }
}
