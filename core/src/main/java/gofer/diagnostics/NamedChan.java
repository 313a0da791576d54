package gofer.diagnostics;

import gofer.runtime.chan.ChanStats;

/// The counts of all channels with the same name; see [gofer.chan.Chan#named].
///
/// @param name the name
/// @param len the number of values in the buffers
/// @param sent the number of values sent so far
/// @param received the number of values received so far
/// @param dropped the number of values dropped so far; see [gofer.chan.Overflow]
/// @param secondsToSend the total time for which goroutines have waited to send, without waits in progress. A wait in a
///     select counts for the channel that ended it
/// @param secondsToReceive the total time for which goroutines have waited to receive, counted in the same way
public record NamedChan(
        String name, int len, long sent, long received, long dropped, double secondsToSend, double secondsToReceive) {

    private static final double NANOS = 1e9;

    static NamedChan of(ChanStats stats) {
        return new NamedChan(
                stats.name(),
                stats.len(),
                stats.sent(),
                stats.received(),
                stats.dropped(),
                stats.waitedToSend() / NANOS,
                stats.waitedToReceive() / NANOS);
    }
}
