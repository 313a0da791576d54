package gofer.runtime.park;

/// Whence the end of something that goroutines wait for, or that calls off their waits, may come: that of a context.
public interface EndSource {

    /// Of which nothing is known.
    EndSource UNKNOWN =
            new EndSource() {
                @Override
                public boolean mayComeFromOutside(World world) {
                    return true;
                }

                @Override
                public long due() {
                    return Sleeper.NEVER;
                }
            };

    /// Whether somebody outside of `world` may bring it about, or the real clock.
    boolean mayComeFromOutside(World world);

    /// When, as a time of [Timers#realNow], it comes by the real clock at the latest; [Sleeper#NEVER] if it may not come.
    long due();
}
