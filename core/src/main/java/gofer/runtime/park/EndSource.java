package gofer.runtime.park;

/// The origin of an event that ends or cancels waits, such as the end of a context.
public interface EndSource {

    /// An unknown origin.
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

    /// Returns whether a thread outside of `world`, or the real clock, may cause the event.
    boolean mayComeFromOutside(World world);

    /// Returns the latest time of [Timers#realNow] at which the real clock causes the event; [Sleeper#NEVER] if it does
    /// not.
    long due();
}
