package gofer.conformance.deadlock;

import gofer.Go;
import gofer.chan.Chan;
import gofer.runtime.lock.Internals;

/// The last goroutine that is awake ends by an exception. While that is being reported, the others are blocked forever.
final class SlowPanic extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Thread caller;

    private SlowPanic(Thread caller) {
        this.caller = caller;
    }

    @Override
    public String getMessage() {
        return "deadlock: " + Internals.nothingCanHappen(caller);
    }

    public static void main(String[] args) {
        Thread caller = Thread.currentThread();
        Go.main(() -> {
            Go.go(() -> {
                throw new SlowPanic(caller);
            });
            Chan.<Integer>make().recv();
        });
    }
}
