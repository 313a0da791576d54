package gofer.runtime.park;

import gofer.runtime.base.SyncPoint;
import org.jspecify.annotations.Nullable;

/// An object that may belong to a world. It is then used only there.
public interface Owned {

    /// Called when the current thread, in the world `here`, is about to perform `operation` on this object. Throws a
    /// [gofer.goroutine.FatalError] if the object belongs to another world.
    void checkUse(SyncPoint operation, @Nullable World here);
}
