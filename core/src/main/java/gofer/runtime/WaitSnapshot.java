package gofer.runtime;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a [Wait] looked like at one instant: it keeps nothing alive.
///
/// @param purpose of the wait
/// @param kind of its target, as the next three
/// @param label see [Waitable#label]
/// @param site see [Waitable#site]
/// @param facts see [Waitable#facts]
/// @param blocker of the wait
record WaitSnapshot(
        String purpose,
        String kind,
        String label,
        @Nullable StackTraceElement site,
        Map<String, Object> facts,
        long blocker) {

    static WaitSnapshot of(Wait wait) {
        Waitable target = wait.target();
        return new WaitSnapshot(
                wait.purpose(), target.kind(), target.label(), target.site(), target.facts(), wait.blocker());
    }
}
