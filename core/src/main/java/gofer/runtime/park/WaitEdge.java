package gofer.runtime.park;

import java.util.List;
import java.util.Map;

/// One of the objects that a goroutine waits for.
///
/// @param purpose `to receive from`, `to send to`, or `for`
/// @param target the object
/// @param blockers see [WaitTarget#blockers]
public record WaitEdge(String purpose, WaitTarget target, List<Long> blockers) {

    /// Returns a copy that does not keep the target alive.
    ///
    /// @param withFacts whether to include the state of the target
    public WaitEdge frozen(boolean withFacts) {
        var snapshot =
                new TargetSnapshot(
                        target.kind(),
                        target.label(),
                        target.name(),
                        target.site(),
                        withFacts ? target.facts() : Map.of());
        return new WaitEdge(purpose, snapshot, blockers);
    }
}
