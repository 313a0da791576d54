package gofer.conformance.deadlock;

import gofer.Go;
import gofer.chan.Chan;
import java.util.concurrent.locks.LockSupport;

/// Its last goroutine that is awake ends by an exception whose message takes a second, while the others sleep for ever.
final class SlowPanic extends RuntimeException {

    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < 1_000_000_000) {
            LockSupport.parkNanos(1_000_000_000);
        }
        return "slow";
    }

    public static void main(String[] args) {
        Go.main(() -> {
            Go.go(() -> {
                throw new SlowPanic();
            });
            Chan.<Integer>make().recv();
        });
    }
}
