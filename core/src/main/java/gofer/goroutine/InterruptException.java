package gofer.goroutine;

/// Thrown by a blocking call whose thread is interrupted while it waits, or that would have to wait when its thread is
/// already interrupted. The interrupt status stays set.
///
/// The call has had no effect: a value that was to be sent is not sent, a value that might have been received stays in
/// the channel, a lock is not held.
public final class InterruptException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// Names the wait that was cut short.
    public InterruptException(WaitReason reason) {
        super("interrupted during " + reason);
    }
}
