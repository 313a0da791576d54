package gofer.context;

import gofer.runtime.Ending;
import gofer.runtime.World;

/// Whence the end of a context may come, for its channel.
///
/// @param context which
record Ends(CancelContext context) implements Ending {

    @Override
    public boolean mayComeFromOutside(World world) {
        return context.mayEndOutside(world);
    }

    @Override
    public long due() {
        return context.due();
    }
}
