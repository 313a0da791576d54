package gofer.runtime.park;

import gofer.goroutine.WaitReason;
import java.util.List;

/// The target of a wait: one object, or several objects of which the first that becomes ready ends the wait.
public interface Awaited {

    /// Returns a snapshot of the objects that can end a wait for `reason`.
    List<WaitEdge> waits(WaitReason reason);
}
