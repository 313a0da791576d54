package gofer.goroutine;

/// Thrown by a blocking call whose thread is interrupted while waiting, or is already interrupted when the call has to
/// wait. The interrupt status stays set.
///
/// The call has had no effect: a value to be sent has not been sent, a value in the channel stays there, and a lock is
/// not held.
public final class InterruptException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// Creates an exception whose message names the wait that was interrupted.
    public InterruptException(WaitReason reason) {
        super("interrupted during " + reason);
    }
}
