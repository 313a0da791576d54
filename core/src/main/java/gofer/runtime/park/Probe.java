package gofer.runtime.park;

import org.jspecify.annotations.Nullable;

/// The measurement of a wait, for the block profile or for a trace.
///
/// @param start when the wait began; [#UNKNOWN] if it is not for the profile
/// @param event the event of the trace; null if none is recorded
record Probe(long start, @Nullable Object event) {

    private static final long UNKNOWN = Long.MIN_VALUE;

    /// Begins a measurement. Returns null if waits are not recorded, or if there is no memory.
    static @Nullable Probe begin(Sleeper sleeper) {
        boolean traced = Tracing.isOn();
        boolean profiled = Contention.BLOCK.isOn();
        if (!traced && !profiled) {
            return null;
        }
        try {
            Object event = traced ? TraceEvents.beginWait(sleeper) : null;
            return profiled || event != null ? new Probe(profiled ? Timers.now() : UNKNOWN, event) : null;
        } catch (OutOfMemoryError full) {
            return null;
        }
    }

    /// Ends the measurement. If there is no memory, the measurement is lost: a failure here must not lose the result of the
    /// wait.
    void end(Sleeper sleeper, boolean isBlock, String outcome) {
        try {
            if (isBlock && start != UNKNOWN) {
                Contention.BLOCK.recordWait(Timers.now() - start);
            }
            if (event != null) {
                TraceEvents.endWait(event, sleeper, outcome);
            }
        } catch (OutOfMemoryError full) {
            // the measurement is lost
        }
    }
}
