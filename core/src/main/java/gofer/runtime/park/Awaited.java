package gofer.runtime.park;

import gofer.goroutine.WaitReason;
import java.util.List;

/// What a sleeper waits for: one thing, or the first of several.
public interface Awaited {

    /// Each thing that one who waits for `reason` waits for: a snapshot.
    List<Wait> waits(WaitReason reason);
}
