package gofer.runtime;

import java.util.Map;

/// One of the things that a goroutine waits for.
///
/// @param purpose `to receive from`, `to send to`, or `for`
/// @param target the thing
/// @param blocker see [Waitable#blocker]
record Wait(String purpose, Waitable target, long blocker) {

    /// The same, and it does not keep the target alive.
    ///
    /// @param noted whether to note in which state that is
    Wait frozen(boolean noted) {
        var snapshot = new Snapshot(target.kind(), target.label(), target.site(), noted ? target.facts() : Map.of());
        return new Wait(purpose, snapshot, blocker);
    }
}
