package gofer.diagnostics;

import gofer.runtime.chan.ChanStats;

/// What has happened so far on the channels of one name: see [gofer.chan.Chan#named].
///
/// @param name the name
/// @param len how many values wait in their buffers
/// @param sent how many values have been sent
/// @param received how many have been received
/// @param secondsToSend for how long goroutines have waited to send, all together; who still waits is not included. A wait in a
///     select counts for the channel that ended it
/// @param secondsToReceive likewise to receive
public record NamedChan(String name, int len, long sent, long received, double secondsToSend, double secondsToReceive) {

    private static final double NANOS = 1e9;

    static NamedChan of(ChanStats stats) {
        return new NamedChan(
                stats.name(),
                stats.len(),
                stats.sent(),
                stats.received(),
                stats.waitedToSend() / NANOS,
                stats.waitedToReceive() / NANOS);
    }
}
