package gofer.runtime.park;

import gofer.runtime.base.SyncPoint;
import org.jspecify.annotations.Nullable;

/// What may belong to a world: then it is used there only.
public interface Owned {

    /// The current thread, in the world `here`, is about to carry out `operation` on it. Throws a
    /// [gofer.goroutine.FatalError] if it belongs to another one.
    void checkUse(SyncPoint operation, @Nullable World here);
}
