package gofer.runtime.park;

import java.util.List;
import java.util.Map;

/// One of the things that a goroutine waits for.
///
/// @param purpose `to receive from`, `to send to`, or `for`
/// @param target the thing
/// @param blockers see [WaitTarget#blockers]
public record WaitEdge(String purpose, WaitTarget target, List<Long> blockers) {

    /// The same, and it does not keep the target alive.
    ///
    /// @param noted whether to note in which state that is
    public WaitEdge frozen(boolean noted) {
        var snapshot =
                new TargetSnapshot(
                        target.kind(), target.label(), target.name(), target.site(), noted ? target.facts() : Map.of());
        return new WaitEdge(purpose, snapshot, blockers);
    }
}
