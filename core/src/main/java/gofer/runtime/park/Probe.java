package gofer.runtime.park;

import org.jspecify.annotations.Nullable;

/// The measurement of a wait, for the block profile or for a trace.
///
/// @param start when the wait began
/// @param event the event of the trace; null if none is recorded
record Probe(long start, @Nullable Object event) {

    /// Begins a measurement. Returns null if waits are not recorded, or if there is no memory.
    static @Nullable Probe begin() {
        boolean traced = Tracing.isOn();
        if (!traced && !Contention.BLOCK.isOn()) {
            return null;
        }
        try {
            return new Probe(Timers.now(), traced ? TraceEvents.beginWait() : null);
        } catch (OutOfMemoryError full) {
            return null;
        }
    }

    /// Ends the measurement. If there is no memory, the measurement is lost: a failure here must not lose the result of the
    /// wait.
    void end(Sleeper sleeper, boolean isBlock, String outcome) {
        try {
            if (isBlock) {
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
