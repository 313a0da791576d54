package gofer.runtime.park;

import org.jspecify.annotations.Nullable;

/// A wait that is being measured, for the block profile or for a trace.
///
/// @param start when it began
/// @param event of the trace; null if none is recorded
record Probe(long start, @Nullable Object event) {

    /// A probe for a wait that begins; null if nobody wants it, or if there is no memory.
    static @Nullable Probe begin() {
        boolean traced = Tracing.isOn();
        if (!traced && !Contention.BLOCK.isOn()) {
            return null;
        }
        try {
            return new Probe(Timers.now(), traced ? TraceEvents.sleeps() : null);
        } catch (OutOfMemoryError full) {
            return null;
        }
    }

    /// The wait is over. It goes unnoted if there is no memory: what came of it must not be lost.
    void end(Sleeper sleeper, boolean isBlock, String outcome) {
        try {
            if (isBlock) {
                Contention.BLOCK.waited(Timers.now() - start);
            }
            if (event != null) {
                TraceEvents.woke(event, sleeper, outcome);
            }
        } catch (OutOfMemoryError full) {
            // as said
        }
    }
}
