package gofer.diagnostics;

import gofer.runtime.chan.Tally;

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

    static NamedChan of(Tally tally) {
        return new NamedChan(
                tally.name(),
                tally.len(),
                tally.sent(),
                tally.received(),
                tally.waitedToSend() / NANOS,
                tally.waitedToReceive() / NANOS);
    }
}
