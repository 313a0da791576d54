package gofer.runtime.park;

import gofer.goroutine.WaitReason;
import java.util.List;

/// What a sleeper waits for: an object, or the first of several objects that becomes ready.
public interface Awaited {

    /// Returns a snapshot of the objects that can end a wait for `reason`.
    List<WaitEdge> waits(WaitReason reason);
}
