package gofer.runtime.park;

import gofer.goroutine.WaitReason;
import java.util.List;

/// What a sleeper waits for: one thing, or the first of several to happen.
public interface Awaited {

    /// A snapshot of the things that a wait for `reason` can end by.
    List<WaitEdge> waits(WaitReason reason);
}
