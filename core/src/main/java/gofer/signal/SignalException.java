package gofer.signal;

import gofer.runtime.annotation.CheckReturnValue;
import java.util.Objects;

/// The cause of a context that a signal has cancelled. Waits with such a context throw it.
///
/// It has no stack trace: no code of the program caused it.
///
/// **Go:** the cause of the context of `signal.NotifyContext`.
@CheckReturnValue
public final class SignalException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Signal signal;

    /// Creates an exception for `signal`.
    public SignalException(Signal signal) {
        super(Objects.requireNonNull(signal, "signal") + " received", null, false, false);
        this.signal = signal;
    }

    /// Returns the signal. Its [Signal#status] is the exit status that a shell expects.
    public Signal signal() {
        return signal;
    }
}
