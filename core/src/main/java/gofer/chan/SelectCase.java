package gofer.chan;

import gofer.runtime.chan.Op;

/// An arm of a [Select]. [Select#await()] returns the arm that was chosen.
public abstract sealed class SelectCase permits RecvCase, SendCase {

    SelectCase() {}

    /// Switches the arm on or off. An arm that is off is never ready. A new arm is on.
    public abstract void enable(boolean on);

    /// Returns the operation, for the target that it is performed on.
    abstract Op op();

    /// Records the result of the operation that was performed.
    abstract void onPerformed(Object result);
}
