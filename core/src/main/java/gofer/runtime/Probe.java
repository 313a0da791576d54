package gofer.runtime;

import org.jspecify.annotations.Nullable;

/// A wait that is being measured, for the block profile or for a trace.
///
/// @param start when it began
/// @param event of the trace; null if none is recorded
record Probe(long start, @Nullable Object event) {

    /// A probe for a wait that begins; null if nobody wants it.
    static @Nullable Probe begin() {
        boolean traced = Tracing.isOn();
        return traced || Contention.BLOCK.isOn() ? new Probe(Timers.now(), traced ? TraceEvents.sleeps() : null) : null;
    }

    /// The wait is over.
    void end(Sleeper sleeper, boolean isBlock, String outcome) {
        if (isBlock) {
            Contention.BLOCK.waited(Timers.now() - start);
        }
        if (event != null) {
            TraceEvents.woke(event, sleeper, outcome);
        }
    }
}
