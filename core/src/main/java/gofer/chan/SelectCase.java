package gofer.chan;

import gofer.runtime.chan.ChanCore;

/// An arm of a [Select]: the answer of its `await` is one of those that were added.
public abstract sealed class SelectCase permits RecvCase, SendCase {

    SelectCase() {}

    /// Switches the arm on or off; off, it is never ready. A new arm is on.
    public abstract void enable(boolean on);

    abstract ChanCore channel();

    /// Notes what the operation, carried out, has yielded.
    abstract void carriedOut(Object answer);
}
