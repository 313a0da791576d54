package gofer.runtime.chan;

import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.EndSource;
import gofer.runtime.park.World;
import org.jspecify.annotations.Nullable;

/// A channel that tells by being closed that something is over. Whoever ends that closes it, also from outside of the world
/// of the channel: who may do so is asked before.
public final class DoneChan extends ChanCore {

    private final EndSource ending;

    /// A channel of `home`, null for the real world, that is closed when `ending` comes.
    public DoneChan(@Nullable World home, EndSource ending) {
        super(home);
        this.ending = ending;
    }

    /// Who ends a context has been asked before.
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
